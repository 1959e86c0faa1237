// Says that recordings which the clinic never received were deleted from this phone, and why, until somebody has seen
// it. For staff; it names nobody.
import { signal } from '@preact/signals'
import { formatDay, formatMoment, t } from '../messages/translate.ts'
import { thisOutbox } from '../outbox/instances.ts'
import type { RemovedNote } from '../outbox/removed.ts'
import { ActButton } from '../ui/act-button.tsx'
import { refusedText } from './sync-text.ts'

/** Group runs that who is here removed something of on this page: they know. */
const removedHere = signal<readonly string[]>([])
export const rememberRemoved = (groupRunId: string): void =>
  void (removedHere.value = [...removedHere.value, groupRunId])

export function RemovedRecordings() {
  const unseen = thisOutbox.removed.value.filter(
    ({ isSeen, why, groupRunId }) => !isSeen && !(why === 'by_hand' && removedHere.value.includes(groupRunId)),
  )
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
