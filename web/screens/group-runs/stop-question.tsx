// Asks before a stop if it cannot be held: for a screen reader, a switch or a voice. It is at the top of the sheet,
// away from the button that opened it.
import { t } from '../../messages/translate.ts'
import { focusOnce } from '../../ui/focus-once.ts'

interface Props {
  readonly question: string
  readonly yes: string
  readonly stop: () => void
  readonly no: () => void
}

export function StopQuestion({ question, yes, stop, no }: Props) {
  return (
    <div class="stop-question" role="group" aria-label={question}>
      <p>{question}</p>
      <div class="big-actions">
        <button type="button" ref={focusOnce} onClick={no}>
          {t('app.no')}
        </button>
        <button type="button" class="main" onClick={stop}>
          {yes}
        </button>
      </div>
    </div>
  )
}
