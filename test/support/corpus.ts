// The real files in ../shared/corpus, which a fresh clone does not have: tests that use them skip by name without them.
import { existsSync, readFileSync } from 'node:fs'

const folder = new URL('../../../shared/corpus/', import.meta.url)
export const corpusIsHere = existsSync(new URL('expected.json', folder))

export interface ExpectedFile {
  readonly file: string
  readonly fileTypes: readonly number[]
  readonly sports: readonly string[]
  readonly records: number
  readonly heartRateRecords: number
  readonly zeroHeartRateRecords: number
  readonly heartRate: { readonly min: number | null; readonly max: number | null; readonly mean: number | null }
  readonly rrIntervals: number
  readonly hrMessages: number
  readonly firstTimestamp: number | null
  readonly lastTimestamp: number | null
  readonly duplicateTimestamps: number
}

export const corpusFiles: readonly ExpectedFile[] = corpusIsHere
  ? (JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as { files: ExpectedFile[] }).files
  : []

export const readCorpus = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(encodeURI(file), folder)))
