// Says what was removed from this phone though the clinic never had it, and why, until somebody has seen it. For staff; it names
// nobody.
import { formatDay, formatMoment, t } from '../messages/translate.ts'
import { thisOutbox } from '../outbox/this-browser.ts'
import type { RemovedNote } from '../outbox/removed.ts'
import { ActButton } from '../ui/act-button.tsx'
import { refusedText } from './sync-text.ts'

export function RemovedRecordings() {
  const unseen = thisOutbox.removed.value.filter(({ isSeen }) => !isSeen)
  if (unseen.length === 0) return null
  return (
    <div class="card attention waits" role="status">
      {unseen.map((note) => (
        <p key={`${note.groupRunId} ${note.why} ${note.code}`}>{removedText(note)}</p>
      ))}
      <ActButton work={() => thisOutbox.sawRemoved()}>{t('live.seen')}</ActButton>
    </div>
  )
}

export function removedText({ runAtMs, removedAtMs, why, runners, code }: RemovedNote): string {
  const values = { run: formatMoment(runAtMs), day: formatDay(removedAtMs), count: runners }
  return why === 'refused'
    ? t('removed.refused', { ...values, why: code === null ? '' : refusedText(code) })
    : t(`removed.${why}`, values)
}
