// Hand somebody a strap: theirs of last time first, then free ones, then those that others wear. A new one is found through
// the browser's own list.
import { useSignal } from '@preact/signals'
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import type { Participant } from '../../group-run/roll.ts'
import { strapsFor } from '../../group-run/strap-memory.ts'
import { t } from '../../messages/translate.ts'
import type { StrapView } from '../../straps/strap.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { StrapWords } from './strap-words.tsx'

interface Props {
  readonly desk: Desk
  readonly run: GroupRun
  readonly participant: Participant
  readonly close: () => void
}

export function StrapSheet({ desk, run, participant: { stored }, close }: Props) {
  const problem = useSignal<string | null>(null)
  const wearer = (id: string) => {
    const worn = run.roll.wearerOf(id)
    return worn === null || worn.stored.id === stored.id ? null : worn.stored.alias
  }
  const give = async (strap: StrapView | null) => {
    await desk.give(stored.id, strap)
    close()
  }
  const choose = async () => {
    problem.value = null
    const chosen = await desk.straps.choose()
    if (!chosen.ok) {
      problem.value = chosen.code === 'cancelled' ? null : t(`strap.problem.${chosen.code}`)
      return
    }
    const strap = desk.straps.list.value.find(({ id }) => id === chosen.id)
    const other = wearer(chosen.id)
    if (chosen.again && other !== null) problem.value = t('strap.worn', { name: other })
    else if (strap !== undefined) await give(strap)
  }
  const straps = strapsFor(desk.straps.list.value, desk.memory.value, stored, (id) => wearer(id) !== null)
  return (
    <Sheet title={t('group.strapFor', { name: stored.alias })} close={close}>
      <ul class="list">
        {straps.map((strap) => {
          const other = wearer(strap.id)
          const last = desk.memory.value.wearers[strap.id]?.alias
          return (
            <li key={strap.id}>
              <button
                type="button"
                class="strap"
                aria-pressed={strap.id === stored.strapId}
                onClick={() => void give(strap)}
              >
                <strong class="label">{strap.name}</strong>
                <StrapWords desk={desk} strapId={strap.id} />
                {other !== null && <span class="mark">{t('strap.takeOver', { name: other })}</span>}
                {other === null && last !== undefined && <span class="quiet">{t('strap.last', { name: last })}</span>}
              </button>
            </li>
          )
        })}
      </ul>
      {problem.value !== null && <p role="alert">{problem.value}</p>}
      <div class="actions">
        {desk.straps.radio.value !== 'unsupported' && (
          <button type="button" class="main" onClick={() => void choose()}>
            {t('strap.choose')}
          </button>
        )}
        {stored.strapId !== null && (
          <button type="button" onClick={() => void give(null)}>
            {t('strap.takeAway')}
          </button>
        )}
      </div>
      {desk.straps.radio.value !== 'ready' && <p>{t(`group.radio.${desk.straps.radio.value}.what`)}</p>}
    </Sheet>
  )
}
