// Mixed reads over real HTTP: as many of each kind, some at a time.
import { quantileOf } from '../timing.ts'
import type { Ask, ChildServer } from './child-server.ts'
import { kinds, type Clinic, type Kind } from './clinic.ts'

export interface Reads {
  /** Milliseconds of wall time, one for each read. */
  readonly tookMs: readonly number[]
  readonly wallMs: number
  /** Without an answer, or with another one than 200. */
  readonly failed: number
}

/** @param readers how many ask at a time
 *  @param goesOn asked before each read, with how many there were */
export async function readMixed(
  ask: Ask,
  { paths }: Clinic,
  asked: readonly Kind[],
  readers: number,
  goesOn: (count: number) => boolean,
): Promise<Reads> {
  const tookMs: number[] = []
  let [count, failed] = [0, 0]
  const from = performance.now()
  const readSome = async () => {
    while (goesOn(count)) {
      const number = count++
      const of = paths[asked[number % asked.length] ?? 'clients']
      const path = of[Math.floor(number / asked.length) % of.length] ?? ''
      const began = performance.now()
      const status = await ask(path).then(
        (answer) => answer.status,
        () => null,
      )
      if (status === 200) tookMs.push(performance.now() - began)
      else failed++
    }
  }
  await Promise.all(Array.from({ length: readers }, readSome))
  return { tookMs, wallMs: performance.now() - from, failed }
}

export interface Cost {
  /** Milliseconds of the server's processor time for one read. */
  readonly cpuMs: number
  readonly perSecond: number
}

/** What reads cost the server. @throws where one was not answered */
export async function costOf(server: ChildServer, reading: () => Promise<Reads>): Promise<Cost> {
  const before = await server.cpuMs()
  const { tookMs, wallMs, failed } = await reading()
  if (failed > 0) throw new Error(`${failed} reads were not answered`)
  const used = (await server.cpuMs()) - before
  return { cpuMs: used / tookMs.length, perSecond: (tookMs.length / wallMs) * 1000 }
}

export const p99 = (values: readonly number[]): number => quantileOf(values, 0.99)
export const allKinds: readonly Kind[] = kinds
