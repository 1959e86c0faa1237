// Reads a file, and packs its recordings as they are stored.
import type { FileReading } from '../../formats/file-reading.ts'
import { readFile } from '../../formats/read-file.ts'
import { packRecording, type PackedRecording } from '../columns.ts'

export type PackedReading =
  { readonly ok: true; readonly recordings: readonly PackedRecording[] } | Extract<FileReading, { readonly ok: false }>

/** @param nowMs of reading, which no time lies far ahead of (rule T1) */
export function readPacked(name: string, bytes: Uint8Array, nowMs: number): PackedReading {
  const reading = readFile(name, bytes, nowMs)
  return reading.ok ? { ok: true, recordings: reading.recordings.map(packRecording) } : reading
}
