// What happened to a flag, oldest first: who did what, when, with which words. How often its rule held again is one line.
import type { FlagEvent, ShownFlag } from '../../api/review.ts'
import { formatMoment, t } from '../../messages/translate.ts'

export function Story({ flag }: { flag: ShownFlag }) {
  return (
    <section class="card">
      <h2>{t('flags.story')}</h2>
      <StoryLines flag={flag} />
    </section>
  )
}

export function StoryLines({ flag }: { flag: ShownFlag }) {
  const again = flag.events.filter(({ act }) => act === 'seen_again')
  const lines = flag.events.filter((event) => event.act !== 'seen_again' || event === again.at(-1))
  return (
    <ol class="story">
      {lines.map((event) => (
        <li key={event.seq}>
          <span class="quiet">{formatMoment(event.atMs)}</span> {wordsOf(event, again.length)}
          {event.note !== null && <q class="note">{event.note}</q>}
        </li>
      ))}
    </ol>
  )
}

function wordsOf(event: FlagEvent, seenAgain: number): string {
  const name = event.personName ?? t('flags.somebody')
  switch (event.act) {
    case 'raised':
      return t('flags.step.raised')
    case 'seen_again': {
      const date = formatMoment(Number(event.detail['aboutMs']))
      return t('flags.step.seenAgainMany', { count: seenAgain, date })
    }
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
