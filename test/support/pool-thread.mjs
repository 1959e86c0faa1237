// A thread for tests of the pool: does what it is asked, well or badly.
import { parentPort, threadId } from 'node:worker_threads'

const kinds = {
  echo: (value) => value,
  id: () => threadId,
  environment: () => Object.keys(process.env),
  busy: (ms) => {
    const until = performance.now() + ms
    while (performance.now() < until);
    return ms
  },
  hang: () => {
    for (;;);
  },
  hoard: () => {
    const kept = []
    for (;;) kept.push(Array.from({ length: 1000 }, Math.random))
  },
  leave: () => process.exit(3),
}

parentPort?.on('message', ({ kind, value, move }) => {
  if (kind === 'crash') throw new Error('nobody catches this')
  try {
    if (kind === 'refuse') throw Object.assign(new Error('not like this'), { code: value ?? null })
    const answer = kinds[kind](value)
    parentPort?.postMessage({ ok: true, value: answer }, move === true ? [answer.buffer] : [])
  } catch ({ message, stack, code }) {
    parentPort?.postMessage({ ok: false, code, message, stack }, [])
  }
})
