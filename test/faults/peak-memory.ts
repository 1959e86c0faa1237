// How much memory a served process has had.
import { existsSync, readFileSync } from 'node:fs'
import type { Served } from '../support/served.ts'

/** The most memory that a process ever had, MB; NaN where the system does not tell. */
export function peakMb({ pid }: Served): number {
  const status = `/proc/${pid}/status`
  const found = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : null
  return found === null ? Number.NaN : Number(found[1]) / 1024
}
