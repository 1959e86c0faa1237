// Writes a zip member by member: no more of it is in memory than one member, and whoever reads sets the pace.
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { isArchiveName } from '../kind.ts'

export interface ZipMember {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The bytes of a zip, in pieces.
 *  @param atMs the moment that its members are dated by */
export async function* zipChunks(members: AsyncIterable<ZipMember>, atMs: number): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    ready.push(chunk)
  })
  for await (const { path, bytes } of members) {
    const member = isArchiveName(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
    member.mtime = atMs
    zip.add(member)
    member.push(bytes, true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
