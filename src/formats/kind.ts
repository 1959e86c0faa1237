// Tells what a file is: by its bytes first, by its name where they say nothing. Called before anything is opened.
import { strFromU8 } from 'fflate'
import { packingOf } from './packings.ts'
import { STREAM_MAGIC } from './phone-recording/stream-file.ts'
import { isTar } from './tar.ts'

/** `packed`: in a way that is not opened (`packings.ts`). */
export type Kind = 'fit' | 'tcx' | 'gpx' | 'stream' | 'gzip' | 'zip' | 'tar' | 'packed' | 'other'

/** How many bytes of a file's beginning tell its kind: the root element of an XML file is among them. */
export const KIND_BYTES = 4096
interface Ending {
  readonly kind: Kind
  /** `run.fit.gz` as well. */
  readonly mayBeGzipped: boolean
  /** A file whose bytes say nothing gets the words of what its name says. */
  readonly tellsKind: boolean
}
/** How a name ends that may hold a run. */
const endings: Readonly<Record<string, Ending>> = {
  fit: { kind: 'fit', mayBeGzipped: true, tellsKind: true },
  tcx: { kind: 'tcx', mayBeGzipped: true, tellsKind: true },
  gpx: { kind: 'gpx', mayBeGzipped: true, tellsKind: true },
  zip: { kind: 'zip', mayBeGzipped: false, tellsKind: true },
  cprs: { kind: 'stream', mayBeGzipped: true, tellsKind: false },
  tar: { kind: 'tar', mayBeGzipped: true, tellsKind: false },
  tgz: { kind: 'gzip', mayBeGzipped: false, tellsKind: false },
}
function endingOf(path: string): (Ending & { readonly isGzipped: boolean }) | null {
  const [, word, gz] = /\.(\w+?)(\.gz)?$/.exec(path.toLowerCase()) ?? []
  const ending = word === undefined || !Object.hasOwn(endings, word) ? undefined : endings[word]
  return ending === undefined ? null : { ...ending, isGzipped: gz !== undefined }
}

const rootPattern = /<(?:[\w.-]+:)?(TrainingCenterDatabase|gpx)[\s>/]/

export function kindOf(path: string, bytes: Uint8Array): Kind {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)) return 'zip'
  if (bytes[8] === 0x2e && bytes[9] === 0x46 && bytes[10] === 0x49 && bytes[11] === 0x54) return 'fit'
  if (STREAM_MAGIC.every((byte, i) => bytes[i] === byte)) return 'stream'
  const xml = xmlKindOf(bytes)
  if (xml !== null) return xml
  if (packingOf(bytes) !== null) return 'packed'
  return isTar(bytes) ? 'tar' : kindOfName(path)
}

/** The root element is ASCII in every encoding that is read, in UTF-16 with a zero beside each letter. */
function xmlKindOf(bytes: Uint8Array): 'tcx' | 'gpx' | null {
  const head = strFromU8(bytes.subarray(0, KIND_BYTES), true).replaceAll('\0', '')
  if (!/^\s*</.test(head.replace(/^[\u0080-\u00ff]{2,3}/, ''))) return null
  const root = rootPattern.exec(head)?.[1]
  return root === undefined ? null : root === 'gpx' ? 'gpx' : 'tcx'
}

function kindOfName(path: string): Kind {
  const ending = endingOf(path)
  return ending?.tellsKind === true ? ending.kind : 'other'
}

/** Names worth opening in a folder: beside runs lies whatever else there is, and `._run.fit` is what a Mac writes beside a run. */
export function mayHoldRun(path: string): boolean {
  const ending = endingOf(path)
  return ending !== null && (!ending.isGzipped || ending.mayBeGzipped) && !/(^|\/)\._[^/]*$/.test(path)
}

/** What an archive holds beside runs, thousands of times: pictures, tables, texts for programs and pages. A name tells enough of
 *  these; anything else, also `.xml`, `.txt` and no ending at all, as programs rename runs, is told by its first bytes. */
const otherEndings = new Set(
  `json csv tsv jpg jpeg png gif webp heic heif bmp tif tiff svg ico mp3 m4a wav ogg aac mp4 m4v mov avi mkv webm pdf html
  htm css js mjs map md rtf doc docx xls xlsx ppt pptx odt ods epub ics vcf eml mbox plist db sqlite sqlite3 log ini lnk url
  ttf woff woff2 exe dll apk ipa dmg pkg jar`.split(/\s+/),
)
export const isNamedOther = (path: string): boolean =>
  otherEndings.has(/\.(\w+?)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? '')

/** Of what is opened in memory as a whole, where it lies packed in another. */
export const isArchiveName = (path: string): boolean => /\.zip$/i.test(path)
