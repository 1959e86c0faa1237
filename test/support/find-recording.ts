// A stored recording, opened.
import type { Recording } from '../../src/domain/recording.ts'
import { unpackRecording } from '../../src/store/columns.ts'
import { findPacked } from '../../src/store/runs/runs.ts'

export async function findRecording(...asked: Parameters<typeof findPacked>): Promise<Recording | null> {
  const packed = await findPacked(...asked)
  return packed && unpackRecording(packed)
}
