// Several straps have one name: which one does this runner wear? The list shows for each strap whether it beats now and
// how fast. A person lets the runner put the strap on or loosen it, looks, and chooses. Until then no data of it appear
// under anybody's name.
import { useEffect, useState } from 'preact/hooks'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { Participant } from '../../group-run/participants.ts'
import { t } from '../../messages/translate.ts'
import type { StrapView } from '../../straps/strap.ts'
import { useFreshBpm } from './use-fresh-bpm.ts'

interface Props {
  readonly controller: GroupRunController
  readonly participant: Participant
  readonly strap: StrapView
  /** Somebody has said which one it is. */
  readonly done: () => void
}

export function WhichStrap({ controller, participant, strap, done }: Props) {
  const { id, alias } = participant.stored
  const all = controller.straps.list.value
  const candidates = all.filter((one) => one.id === strap.id || controller.wearing.namesakes(strap).includes(one))
  return (
    <>
      <p>{t('strap.which.what', { name: strap.name, runner: alias })}</p>
      <ul class="list">
        {candidates.map((one) => (
          <Candidate
            key={one.id}
            controller={controller}
            strap={one}
            runnerId={id}
            runner={alias}
            choose={() => {
              controller.wearing.confirm(id, one)
              done()
            }}
          />
        ))}
      </ul>
      <p class="quiet">{t('strap.which.until', { runner: alias })}</p>
    </>
  )
}

interface CandidateProps {
  readonly controller: GroupRunController
  readonly strap: StrapView
  readonly runnerId: string
  readonly runner: string
  readonly choose: () => void
}

function Candidate({ controller, strap, runnerId, runner, choose }: CandidateProps) {
  const { bpm, fade } = useFreshBpm(strap, controller.straps.nowMs())
  const other = controller.wearing.wearerOf(strap.id, runnerId)
  return (
    <li class="strap candidate">
      <strong class="label">{controller.wearing.labelOf(strap.id)}</strong>
      <span class={fade.class} style={fade.style}>
        <Beats strap={strap} bpm={bpm} />
      </span>
      {other !== null && <span class="mark">{t('strap.thoughtOf', { name: other.stored.alias })}</span>}
      <div class="actions">
        {strap.needsTap ? (
          <button type="button" onClick={() => void controller.wearing.tap(strap.id)}>
            {t('strap.which.find')}
            <span class="for-reader"> {controller.wearing.labelOf(strap.id)}</span>
          </button>
        ) : (
          // Who cannot be seen to beat cannot be told apart.
          <button type="button" class="main" disabled={bpm === null} onClick={choose}>
            {t('strap.which.isTheirs', { runner })}
            <span class="for-reader"> {controller.wearing.labelOf(strap.id)}</span>
          </button>
        )}
      </div>
    </li>
  )
}

/** The number that it gives now, and a mark that moves with each beat that comes. */
function Beats({ strap, bpm }: { strap: StrapView; bpm: number | null }) {
  const { lastNotificationAtMs } = strap.pulse.value
  const [isOdd, setIsOdd] = useState(false)
  useEffect(() => setIsOdd((odd) => !odd), [lastNotificationAtMs])
  if (bpm === null) return <span class="quiet">{t('strap.which.silent')}</span>
  return (
    <span class="now">
      <span class="beat" aria-hidden="true">
        {isOdd ? '♥' : '♡'}
      </span>{' '}
      {t('strap.which.beats', { bpm })}
    </span>
  )
}
