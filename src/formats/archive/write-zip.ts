// Writes a zip member by member: no more of it is in memory than one member, and whoever reads sets the pace.
import { Zip, ZipPassThrough, type ZipInputFile } from 'fflate'
import { isArchiveName } from '../kind.ts'
import { deflateMember, type Deflated } from './deflate-member.ts'

/** @source PKWARE APPNOTE.TXT 4.4.5 */
const DEFLATED = 8

export interface ZipMember {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The bytes of a zip, in pieces.
 *  @param atMs the moment that its members are dated by
 *  @param deflate where that holds up nobody */
export async function* zipChunks(
  members: AsyncIterable<ZipMember>,
  atMs: number,
  deflate: (bytes: Uint8Array) => Promise<Deflated> = async (bytes) => deflateMember(bytes),
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error
    ready.push(chunk)
  })
  for await (const { path, bytes } of members) {
    if (isArchiveName(path)) {
      const member = new ZipPassThrough(path)
      member.mtime = atMs
      zip.add(member)
      member.push(bytes, true)
    } else {
      const { deflated, crc, size } = await deflate(bytes)
      const member: ZipInputFile = { filename: path, mtime: atMs, compression: DEFLATED, crc, size }
      zip.add(member)
      member.ondata?.(null, deflated, true)
    }
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
