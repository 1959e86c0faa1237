// Tells what a file is: by its bytes first, by its name where they say nothing. Called before anything is opened.
import { strFromU8 } from 'fflate'
import { STREAM_MAGIC } from './runner-stream/stream-file.ts'

export type Kind = 'fit' | 'tcx' | 'gpx' | 'stream' | 'gzip' | 'zip' | 'other'

/** How many bytes of a file's beginning tell its kind: the root element of an XML file is among them. */
export const KIND_BYTES = 4096
const rootPattern = /<(?:[\w.-]+:)?(TrainingCenterDatabase|gpx)[\s>/]/

export function kindOf(path: string, bytes: Uint8Array): Kind {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)) return 'zip'
  if (bytes[8] === 0x2e && bytes[9] === 0x46 && bytes[10] === 0x49 && bytes[11] === 0x54) return 'fit'
  if (STREAM_MAGIC.every((byte, i) => bytes[i] === byte)) return 'stream'
  return xmlKindOf(bytes) ?? kindOfName(path)
}

/** The root element is ASCII in every encoding that is read, in UTF-16 with a zero beside each letter. */
function xmlKindOf(bytes: Uint8Array): 'tcx' | 'gpx' | null {
  const head = strFromU8(bytes.subarray(0, KIND_BYTES), true).replaceAll('\0', '')
  if (!/^\s*</.test(head.replace(/^[\u0080-\u00ff]{2,3}/, ''))) return null
  const root = rootPattern.exec(head)?.[1]
  return root === undefined ? null : root === 'gpx' ? 'gpx' : 'tcx'
}

function kindOfName(path: string): Kind {
  const ending = /\.(fit|tcx|gpx|zip)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase()
  return ending === 'fit' || ending === 'tcx' || ending === 'gpx' || ending === 'zip' ? ending : 'other'
}

/** Names worth opening inside an archive or a folder: an export holds thousands of pictures and tables beside its runs. */
export function mayHoldRun(path: string): boolean {
  return /\.((fit|tcx|gpx|cprs)(\.gz)?|zip)$/i.test(path)
}

export const isArchiveName = (path: string): boolean => /\.zip$/i.test(path)
