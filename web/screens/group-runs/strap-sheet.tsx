// Gives a runner a strap: first their last one, then free ones, then those of other runners. The browser's own list
// finds a new one. If several straps have its name, the page asks at once which one the runner wears.
import { useSignal } from '@preact/signals'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import type { Participant } from '../../group-run/participants.ts'
import { strapsFor, toWearer } from '../../group-run/strap-memory.ts'
import { t } from '../../messages/translate.ts'
import type { StrapView } from '../../straps/strap.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { StrapWords } from './strap-words.tsx'
import { WhichStrap } from './which-strap.tsx'

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly participant: Participant
  readonly close: () => void
}

export function StrapSheet({ controller, run, participant, close }: Props) {
  const { stored } = participant
  const problem = useSignal<string | null>(null)
  /** The strap of which is asked whose it is. */
  const asked = useSignal<string | null>(null)
  const { wearing } = controller
  const wearer = (id: string) => wearing.wearerOf(id, stored.id)?.stored.alias ?? null
  const askOrClose = (strapId: string | null) => {
    const strap = controller.straps.list.value.find(({ id }) => id === strapId)
    if (strap?.identity === 'unsure') asked.value = strap.id
    else close()
  }
  const give = (strap: StrapView | null) => {
    wearing.give(stored.id, strap)
    askOrClose(strap?.id ?? null)
  }
  const choose = async () => {
    problem.value = null
    const chosen = await wearing.choose(stored.id)
    const other = chosen.ok ? wearer(chosen.id) : null
    if (!chosen.ok) problem.value = chosen.code === 'cancelled' ? null : t(`strap.problem.${chosen.code}`)
    else if (other !== null) problem.value = t('strap.worn', { name: other })
    else askOrClose(chosen.id)
  }
  const askedStrap = controller.straps.list.value.find(({ id }) => id === asked.value)
  if (askedStrap !== undefined)
    return (
      <Sheet key="which" title={t('strap.which.title', { runner: stored.alias })} close={close}>
        <WhichStrap controller={controller} participant={participant} strap={askedStrap} done={close} />
      </Sheet>
    )
  const isWorn = (id: string) => wearer(id) !== null
  const straps = strapsFor(controller.straps.list.value, wearing.memory.value, toWearer(stored), isWorn)
  return (
    <Sheet key="list" title={t('group.strapFor', { name: stored.alias })} close={close}>
      <ul class="list">
        {straps.map((strap) => (
          <StrapChoice
            key={strap.id}
            controller={controller}
            strap={strap}
            run={run}
            runnerId={stored.id}
            give={give}
          />
        ))}
      </ul>
      {problem.value !== null && <p role="alert">{problem.value}</p>}
      <div class="actions dock">
        {controller.straps.radio.value !== 'unsupported' && (
          <button type="button" class="main" onClick={() => void choose()}>
            {t('strap.choose')}
          </button>
        )}
        {stored.strapId !== null && (
          <button type="button" onClick={() => give(null)}>
            {t('strap.takeAway')}
          </button>
        )}
      </div>
      {controller.straps.radio.value !== 'ready' && <p>{t(`group.radio.${controller.straps.radio.value}.what`)}</p>}
    </Sheet>
  )
}

interface ChoiceProps {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly strap: StrapView
  readonly runnerId: string
  readonly give: (strap: StrapView) => void
}

function StrapChoice({ controller, strap, runnerId, run, give }: ChoiceProps) {
  const { wearing } = controller
  const other = wearing.wearerOf(strap.id, runnerId)?.stored.alias ?? null
  const last = wearing.memory.value.wearers[strap.id]?.alias
  const isTheirs = run.runners.wearerOf(strap.id)?.stored.id === runnerId
  const hasNamesakes = wearing.namesakes(strap).length > 0
  return (
    <li>
      <button
        type="button"
        class="strap"
        data-press={`${strap.id} ${other ?? ''}`}
        aria-pressed={isTheirs}
        onClick={() => give(strap)}
      >
        <strong class="label">{wearing.labelOf(strap.id)}</strong>
        <StrapWords controller={controller} strapId={strap.id} isNamed />
        {other !== null && <span class="mark">{t('strap.takeOver', { name: other })}</span>}
        {other === null && last !== undefined && <span class="quiet">{t('strap.last', { name: last })}</span>}
        {hasNamesakes && <span class="mark">{t('strap.sameName')}</span>}
      </button>
      {hasNamesakes && strap.state === 'gone' && !isTheirs && other === null && (
        <button type="button" class="text" onClick={() => wearing.forget(strap.id)}>
          {t('strap.forget', { name: wearing.labelOf(strap.id) })}
        </button>
      )}
    </li>
  )
}
