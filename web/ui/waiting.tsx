// Shown in place of a screen while it loads, or when loading failed.
import { signal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
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
      <p>{failureText(loaded.code)}</p>
      <button type="button" onClick={again}>
        {t('app.retry')}
      </button>
    </div>
  )
}
