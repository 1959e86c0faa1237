// Shown in place of a screen while it loads, or when loading failed.
import { signal } from '@preact/signals'
import type { ComponentChildren, FunctionComponent } from 'preact'
import { wordsOfCode } from '../api/answer-meanings.ts'
import { codeOf, requestIdOf } from '../api/api-error.ts'
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

/** How much of a request's id is enough to find its line in the log, and not too much to read out on the telephone. */
const TOLD_OF_ID = 8

/** Words of a failure; where it is the server's own, with the number by which somebody finds it in the server's log. */
function withNumber(words: string, requestId: string | null): ComponentChildren {
  if (requestId === null) return words
  return (
    <>
      {words} <small class="fault-number">{t('app.faultNumber', { number: requestId.slice(0, TOLD_OF_ID) })}</small>
    </>
  )
}

/** What somebody reads of what was caught. @param words other ones than those of its code */
export const failureWords = (error: unknown, words = failureText(codeOf(error))): ComponentChildren =>
  withNumber(words, requestIdOf(error))

/** What says why what was here is not any more, where somebody knows; set from outside (frame/glass-over.tsx). */
export const whyGone = signal<FunctionComponent | null>(null)

export function Waiting({
  loaded,
  again,
}: {
  loaded: Exclude<Loaded<unknown>, { state: 'there' }>
  again: () => void
}) {
  if (loaded.state === 'loading') return <p role="status">{t('app.loading')}</p>
  const Gone = loaded.code === 'NOT_FOUND' ? whyGone.value : null
  if (Gone !== null) return <Gone />
  return (
    <div class="card" role="alert">
      <p>{withNumber(failureText(loaded.code), loaded.requestId)}</p>
      <button type="button" onClick={again}>
        {t('app.retry')}
      </button>
    </div>
  )
}
