// Loads data for a screen. It shows only the answer to the latest request, and says what failed.
import { useCallback, useLayoutEffect, useState } from 'preact/hooks'
import { codeOf, requestIdOf } from '../api/request.ts'

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly code: string; readonly requestId: string | null }
  | { readonly state: 'there'; readonly value: T }

/** @param key what is loaded; a new key forgets the old value at once */
export function useLoaded<T>(key: string, load: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [round, setRound] = useState(0)
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly result: Loaded<T> } | null>(null)
  // Asked at once: after the next picture it would be asked a picture later.
  useLayoutEffect(() => {
    let current = true
    const settle = (result: Loaded<T>) => {
      if (current) setLoaded({ key, result })
    }
    load().then(
      (value) => settle({ state: 'there', value }),
      (error: unknown) => settle({ state: 'failed', code: codeOf(error), requestId: requestIdOf(error) }),
    )
    return () => {
      current = false
    }
  }, [key, round])
  const again = useCallback(() => setRound((n) => n + 1), [])
  return [loaded?.key === key ? loaded.result : { state: 'loading' }, again]
}
