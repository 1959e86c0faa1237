// Opens an archive of one client that somebody brings: whether it is one, what it says, and its members where they are
// asked for. Never throws, whatever the bytes.
import { strFromU8 } from 'fflate'
import type { ByteSource } from '../byte-source.ts'
import { kindOf, KIND_BYTES } from '../kind.ts'
import { Pieces } from '../pieces.ts'
import { unpackLimits } from '../unpack-budget.ts'
import { findPacked, flowOfEntry, listZip } from '../zip-directory.ts'
import type { ZipEntry } from '../zip-entry.ts'
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  clientArchiveSchema,
  DATA_PATH,
  findBrokenReferences,
} from './client-archive.ts'
import type { ClientArchive } from './client-archive.ts'

/** FOREIGN: no archive of ours; TOO_NEW: of a newer calmpace; BROKEN: damaged, cut, or not sound in itself. */
export type ArchiveProblem = 'FOREIGN' | 'TOO_NEW' | 'BROKEN'

export interface OpenArchive {
  readonly data: ClientArchive
  /** The bytes of a member; null where it is not there or damaged. */
  readonly read: (path: string) => Promise<Uint8Array | null>
}
export type ArchiveReading =
  | { readonly ok: true; readonly value: OpenArchive }
  | { readonly ok: false; readonly code: ArchiveProblem; readonly errors: readonly string[] }

const MB = 1024 * 1024
/** product choice: some ten thousand runs with their assessments. */
const DATA_BYTES = 128 * MB
/** product choice: what is bounded in bytes is bounded in things too, for an empty list of two bytes takes sixteen in memory
 *  and more. Ten thousand runs have half as many. */
const DATA_OBJECTS = 2_000_000
/** product choice: a run has four; a few kilobytes can list millions. */
const MOST_MEMBERS = 100_000
const ERRORS_TOLD = 20

export async function openArchive(source: ByteSource): Promise<ArchiveReading> {
  const list = await listZip(source, MOST_MEMBERS).catch(() => null)
  if (list === null) return (await beginsAsZip(source)) ? cut : refuse('FOREIGN', ['not a zip'])
  const entries = new Map(list.entries.map((entry) => [entry.path, entry]))
  if (!entries.has(DATA_PATH)) return refuse(list.isWhole ? 'FOREIGN' : 'BROKEN', [`no ${DATA_PATH} in it`])
  if (!list.isWhole) return cut
  const read = (path: string, most = unpackLimits.fileBytes) => readEntry(source, entries.get(path), most)
  const bytes = await read(DATA_PATH, DATA_BYTES)
  const json = bytes === null || countObjects(bytes) > DATA_OBJECTS ? undefined : parse(bytes)
  if (json === undefined) return refuse('BROKEN', [`${DATA_PATH} cannot be read`])
  const [format, version] = [memberOf(json, 'format'), memberOf(json, 'version')]
  if (format !== ARCHIVE_FORMAT) return refuse('FOREIGN', [`${DATA_PATH} is not calmpace's`])
  if (typeof version === 'number' && version > ARCHIVE_VERSION) return refuse('TOO_NEW', [`version ${version}`])
  const checked = clientArchiveSchema.safeParse(json)
  if (!checked.success)
    return refuse(
      'BROKEN',
      checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    )
  const broken = findBrokenReferences(checked.data)
  return broken.length > 0 ? refuse('BROKEN', broken) : { ok: true, value: { data: checked.data, read } }
}

const refuse = (code: ArchiveProblem, errors: readonly string[]) =>
  ({ ok: false, code, errors: errors.slice(0, ERRORS_TOLD) }) as const

const cut = refuse('BROKEN', ['the zip is cut'])

const beginsAsZip = async (source: ByteSource): Promise<boolean> =>
  kindOf('', await source.read(0, KIND_BYTES).catch(() => new Uint8Array())) === 'zip'

async function readEntry(source: ByteSource, entry: ZipEntry | undefined, most: number): Promise<Uint8Array | null> {
  if (entry === undefined || entry.encrypted || (entry.method !== 0 && entry.method !== 8)) return null
  const packed = await findPacked(source, entry).catch(() => null)
  if (packed === null) return null
  const kept = await new Pieces(flowOfEntry(packed, entry)).keep(most).catch(() => null)
  return kept?.ok === true ? kept.bytes : null
}

/** Lists and objects in the bytes of a JSON text; those within its words count too. */
function countObjects(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === 0x5b || byte === 0x7b) count++
  return count
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes))
  } catch {
    return undefined
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
