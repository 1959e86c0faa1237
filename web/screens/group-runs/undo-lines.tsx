// Things that were just ended, each with a button to take it back, for a minute.
import type { GroupRun } from '../../group-run/group-run.ts'
import type { TakenBack } from '../../group-run/taken-back.ts'
import { t } from '../../messages/translate.ts'

export function UndoLines({ run }: { run: GroupRun }) {
  const stops = run.takenBack.value
  if (stops.length === 0) return null
  return (
    <ul class="undo">
      {stops.map((stop) => (
        <li key={`${stop.atMs}`} data-press={stop.ids.join(' ')}>
          <span role="status">{sentenceOf(stop)}</span>
          <button type="button" onClick={() => run.continueRun(stop.ids)}>
            {t('live.takeBack')}
            <span class="for-reader"> {stop.aliases.join(', ')}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const sentenceOf = ({ aliases, isLeave }: TakenBack): string =>
  t(isLeave ? 'live.leftOut' : 'live.stopped', { count: aliases.length, names: aliases.join(', ') })
