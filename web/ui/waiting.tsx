// What stands in a screen's place while it loads or when that failed.
import { wordsOfCode } from '../api/answer-meanings.ts'
import { t, tCode, type MessageKey } from '../messages/translate.ts'
import type { Loaded } from './use-loaded.ts'

/** What failed, in words; without any of its own, that it failed. */
export function failureText(code: string): string {
  const words = wordsOfCode(code)
  return words === null ? tCode('problem', code, t('app.error')) : t(words)
}

/** Where a refusal has words of its own: those, unless nothing was refused at all. */
export const refusalText = (code: string, refused: MessageKey): string =>
  wordsOfCode(code) === null ? t(refused) : failureText(code)

export function Waiting({
  loaded,
  again,
}: {
  loaded: Exclude<Loaded<unknown>, { state: 'there' }>
  again: () => void
}) {
  if (loaded.state === 'loading') return <p role="status">{t('app.loading')}</p>
  return (
    <div class="card" role="alert">
      <p>{failureText(loaded.code)}</p>
      <button type="button" onClick={again}>
        {t('app.retry')}
      </button>
    </div>
  )
}
