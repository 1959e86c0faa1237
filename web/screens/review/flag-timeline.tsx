// The history of a flag, oldest first: who did what, when, with which words. All repeated occurrences are one line.
import type { FlagEvent, ShownFlag } from '../../api/review.ts'
import { formatDay, formatMoment, t } from '../../messages/translate.ts'
import { flagMoment } from '../../flags/flag-moment.ts'
import { truncateList } from './report/truncate-list.ts'

export function FlagTimeline({ flag }: { flag: ShownFlag }) {
  return (
    <section class="card">
      <h2>{t('flags.story')}</h2>
      <FlagTimelineLines flag={flag} />
    </section>
  )
}

/** @param most lines at most, the oldest; how many more there are is told */
export function FlagTimelineLines({ flag, most = Infinity }: { flag: ShownFlag; most?: number }) {
  const again = flag.events.filter(({ act }) => act === 'seen_again')
  const lines = flag.events.filter((event) => event.act !== 'seen_again' || event === again.at(-1))
  const { shown, more } = truncateList(lines, most)
  return (
    <>
      <ol class="story">
        {shown.map((event) => (
          <li key={event.seq}>
            <span class="quiet">{formatMoment(event.atMs)}</span> {wordsOf(event, again.length, flag)}
            {event.note !== null && <q class="note">{event.note}</q>}
          </li>
        ))}
      </ol>
      {more > 0 && <p>{t('report.more', { count: more })}</p>}
    </>
  )
}

/** When it held last, where that is a later time than what it was raised for: what is older may come in later. Null where
 *  nobody knows, or it is none of these. */
function lastTime(flag: ShownFlag): string | null {
  const aboutMs = ({ detail }: FlagEvent) => Number(detail['aboutMs'])
  const held = flag.events.filter(({ act }) => act === 'raised' || act === 'seen_again')
  const last = held.reduce<FlagEvent | null>((a, b) => (a !== null && aboutMs(a) >= aboutMs(b) ? a : b), null)
  if (last === null || last.act === 'raised') return null
  // The flag itself says when that was; of another run the day on which it ended is known.
  if (last.runId === null || last.runId !== flag.runId) return formatDay(aboutMs(last), flag.momentOffsetS)
  return flag.momentIsUnknown ? null : flagMoment(flag)
}

function wordsOf(event: FlagEvent, seenAgain: number, flag: ShownFlag): string {
  const name = event.personName ?? t('flags.somebody')
  switch (event.act) {
    case 'raised':
      return t('flags.step.raised')
    case 'seen_again': {
      const date = lastTime(flag)
      const count = { count: seenAgain }
      return date === null ? t('flags.step.seenAgain', count) : t('flags.step.seenAgainMany', { ...count, date })
    }
    case 'kept':
      return t('flags.step.kept')
    case 'handed_back':
      return t('flags.step.handedBack', { name: event.toPersonName ?? t('flags.somebody') })
    case 'renumbered':
      return t('flags.step.renumbered')
    case 'over':
      return event.reason === 'run_removed' ? t('flags.step.runRemoved', { name }) : t('flags.step.neverHeld')
    case 'resolve':
      return t('flags.step.resolve', {
        name,
        reason: event.reason === null ? '' : t(`flags.reason.${event.reason}`),
      })
    case 'escalate':
      return t('flags.step.escalate', { name, to: event.toPersonName ?? t('flags.somebody') })
    case 'opened':
    case 'acknowledge':
    case 'talk':
    case 'false_alarm':
    case 'reopen':
    case 'comment':
      return t(`flags.step.${event.act}`, { name })
  }
}
