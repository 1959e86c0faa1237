// Doing something at a press or a form's end: once at a time, with the sentence of what failed.
import { useState } from 'preact/hooks'
import { codeOf } from '../api/request.ts'
import { failureText } from './waiting.tsx'

export interface Action {
  readonly busy: boolean
  /** What failed, as a sentence for the reader. */
  readonly problem: string | null
  readonly act: (work: () => Promise<void>) => void
}

/** @param textOf other words for some codes; null is the usual sentence */
export function useAction(textOf: (code: string) => string | null = () => null): Action {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const act = (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    work()
      .catch((error: unknown) => {
        const code = codeOf(error)
        setProblem(textOf(code) ?? failureText(code))
      })
      .finally(() => setBusy(false))
  }
  return { busy, problem, act }
}
