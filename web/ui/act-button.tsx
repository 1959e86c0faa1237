// A button that does something at once, or after a second press that says what will happen.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../messages/translate.ts'
import { useAction } from './use-action.ts'

export function ActButton({
  work,
  sure,
  textOf,
  main = false,
  children,
}: {
  work: () => Promise<void>
  /** What will happen, where it cannot be undone: asks for a second press. */
  sure?: string
  textOf?: (code: string) => string | null
  main?: boolean
  children: ComponentChildren
}) {
  const { busy, problem, act } = useAction(textOf)
  const [asking, setAsking] = useState(false)
  const go = () => {
    setAsking(false)
    act(work)
  }
  return (
    <>
      {asking ? (
        <span class="sure" role="group" aria-label={sure}>
          <span>{sure}</span>
          <button type="button" class="main" ref={(button) => button?.focus()} onClick={go}>
            {t('app.yes')}
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            {t('app.no')}
          </button>
        </span>
      ) : (
        <button
          type="button"
          class={main ? 'main' : undefined}
          disabled={busy}
          onClick={sure === undefined ? go : () => setAsking(true)}
        >
          {children}
        </button>
      )}
      {problem !== null && <span role="alert">{problem}</span>}
    </>
  )
}
