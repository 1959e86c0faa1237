// Runs an action after a press or a sent form: one at a time, with a sentence if it fails.
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { codeOf } from '../api/request.ts'
import { holdFocus } from './hold-focus.ts'
import { failureWords } from './waiting.tsx'

export interface Action {
  /** A button that waits is `aria-disabled`, for one that is `disabled` loses the focus; presses do nothing meanwhile. */
  readonly busy: boolean
  /** What failed, as a sentence for the reader. */
  readonly problem: ComponentChildren
  readonly act: (work: () => Promise<void>) => void
}

/** @param textOf other words for some codes; null is the usual sentence */
export function useAction(textOf: (code: string) => string | null = () => null): Action {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ComponentChildren>(null)
  const isBusy = useRef(false)
  const act = (work: () => Promise<void>) => {
    if (isBusy.current) return
    isBusy.current = true
    setBusy(true)
    setProblem(null)
    const giveFocusBack = holdFocus()
    work()
      .catch((error: unknown) => {
        setProblem(failureWords(error, textOf(codeOf(error)) ?? undefined))
      })
      .finally(() => {
        isBusy.current = false
        setBusy(false)
        giveFocusBack()
      })
  }
  return { busy, problem, act }
}
