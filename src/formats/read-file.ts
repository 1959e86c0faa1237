// The one way from an unpacked file to its recordings: picks the reader by what the file is. Called by the command line
// and by imports.
import type { FileReading } from './file-reading.ts'
import { readFit } from './fit/read-fit.ts'
import { readGpx } from './gpx/read-gpx.ts'
import { kindOf } from './kind.ts'
import { readStreamFile } from './phone-recording/stream-file.ts'
import { readTcx } from './tcx/read-tcx.ts'

/** Read a FIT, TCX or GPX file, or the stream of a group run; never throws, whatever the bytes.
 *  @param name tells the kind where the bytes do not, so that a broken file gets the words of what it wanted to be
 *  @param nowMs of reading, which no time lies far ahead of (rule T1); Infinity where nobody knows it */
export function readFile(name: string, bytes: Uint8Array, nowMs = Infinity): FileReading {
  switch (kindOf(name, bytes)) {
    case 'tcx':
      return readTcx(bytes, nowMs)
    case 'gpx':
      return readGpx(bytes, nowMs)
    case 'stream':
      return readStreamFile(bytes, nowMs)
    case 'fit':
    case 'gzip':
    case 'zip':
    case 'tar':
    case 'packed':
    case 'other':
      return readFit(bytes, nowMs)
  }
}
