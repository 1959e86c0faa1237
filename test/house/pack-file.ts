// Brotli and gzip beside a file of the page: packed once, as small as can be, so that the server only sends.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** Below this a packed answer is hardly shorter than its own head. */
export const LEAST_BYTES = 1024
const packable = /\.(?:html|js|css|svg|webmanifest)$/

/** For tests that change a built page. */
export function writePageFile(path: string, text: string): void {
  writeFileSync(path, text)
  packFile(path)
}

/** What is packed already (PNG) stays as it is, and so does what would not become smaller. */
export function packFile(path: string): void {
  if (!packable.test(path)) return
  const bytes = readFileSync(path)
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  for (const [end, pack] of [
    [
      '.br',
      () => brotliCompressSync(bytes, { params: { ...quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    ],
    ['.gz', () => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION })],
  ] as const) {
    const packed = bytes.length < LEAST_BYTES ? bytes : pack()
    if (packed.length < bytes.length) writeFileSync(path + end, packed)
    else rmSync(path + end, { force: true })
  }
}
