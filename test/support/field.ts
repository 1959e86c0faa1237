// Small odd inputs from the field, in ../shared/field, which a fresh clone does not have: tests that use them skip by name
// without them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const folder = new URL('../../../shared/field/', import.meta.url)
export const fieldIsHere = existsSync(new URL('expected.json', folder))

/** What is right about one run of a file; only what is asked of it stands there. */
export interface ExpectedRun {
  readonly movingMin?: number
  readonly verdict?: string
  readonly notVerdict?: readonly string[]
  readonly flags?: readonly string[]
  readonly noFlags?: readonly string[]
  /** The beginning of its start, ISO 8601 in UTC. */
  readonly startedAt?: string
  readonly minCoverage?: number
  readonly warning?: string
  readonly localOffsetS?: number | null
  readonly meanBpmAbove?: number
}

/** Each file with what is right about its runs; none without the folder. */
export const findExpected = (): {
  readonly file: string
  readonly runs: readonly ExpectedRun[]
}[] => (fieldIsHere ? (JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as never) : [])

/** Those that a reader takes by themselves. */
export const fieldFiles: readonly string[] = fieldIsHere
  ? readdirSync(folder).filter((file) => /\.(fit|tcx|gpx)(\.gz)?$/.test(file))
  : []

/** The bytes of one of them, as it is handed in. */
export const readPacked = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)))

/** The bytes of one of them, unpacked. */
export const readField = (file: string): Uint8Array =>
  file.endsWith('.gz') ? new Uint8Array(gunzipSync(readPacked(file))) : readPacked(file)
