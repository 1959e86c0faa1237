import { useEffect, useState } from 'preact/hooks'

/** The time, epoch ms, anew every ten seconds: what counts down in minutes stays true. */
export function useMinute(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
