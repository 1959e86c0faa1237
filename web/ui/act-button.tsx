// A button that acts at once, or after a second press that first says what will happen.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../messages/translate.ts'
import { focusOnce } from './focus-once.ts'
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
  const [asking, setAsking] = useState<boolean | 'answered'>(false)
  const go = () => {
    setAsking('answered')
    act(work)
  }
  return (
    <>
      {asking === true ? (
        <span class="sure" role="group" aria-label={sure}>
          <span>{sure}</span>
          <button type="button" class="main" ref={focusOnce} onClick={go}>
            {t('app.yes')}
          </button>
          <button type="button" onClick={() => setAsking('answered')}>
            {t('app.no')}
          </button>
        </span>
      ) : (
        <button
          type="button"
          class={main ? 'main' : undefined}
          aria-disabled={busy}
          ref={asking === 'answered' ? focusOnce : null}
          onClick={sure === undefined ? () => act(work) : () => !busy && setAsking(true)}
        >
          {children}
        </button>
      )}
      {problem !== null && <span role="alert">{problem}</span>}
    </>
  )
}
