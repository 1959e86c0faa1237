import { gzipSync, zipSync, deflateSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sourceOfBlob, sourceOfBytes } from '../../src/formats/byte-source.ts'
import { unpack } from '../../src/formats/unpack.ts'
import { unpackLimits, type UnpackLimits } from '../../src/formats/unpack-budget.ts'

const fit = new Uint8Array([14, 32, 0, 0, 0, 0, 0, 0, 0x2e, 0x46, 0x49, 0x54, 0, 0, 0, 0])
const utf8 = new TextEncoder()
const gpx = utf8.encode('<?xml version="1.0"?><gpx/>')
const tcx = utf8.encode('\uFEFF<ns:TrainingCenterDatabase>')
const text = new Uint8Array([104, 101, 108, 108, 111])
async function tell(name: string, bytes: Uint8Array, limits: UnpackLimits = unpackLimits, of = sourceOfBytes) {
  const lines: string[] = []
  for await (const one of unpack(name, of(bytes), limits))
    lines.push(`${one.path} ${one.ok ? one.bytes.length : one.code}`)
  return lines
}
/** A source that counts what is read of it. */
function counted(bytes: Uint8Array) {
  const tally = { read: 0, most: 0 }
  const source = {
    size: bytes.length,
    read: async (from: number, to: number) => {
      const part = bytes.subarray(from, to)
      tally.read += part.length
      tally.most = Math.max(tally.most, part.length)
      return part
    },
  }
  return { tally, source }
}

describe('unpack', () => {
  it('hands a bare file on as it is', async () => {
    expect(await tell('run.fit', fit)).toEqual(['run.fit 16'])
  })

  it('opens gzip, zip, and zips in zips, in archive order', async () => {
    const inner = zipSync({ 'deep/c.fit': fit })
    const zip = zipSync({ 'a.fit': fit, 'b.fit.gz': gzipSync(fit), 'more.zip': inner, 'été.fit': fit })
    expect(await tell('all.zip', zip)).toEqual([
      'all.zip/a.fit 16',
      'all.zip/b.fit.gz 16',
      'all.zip/more.zip/deep/c.fit 16',
      'all.zip/été.fit 16',
    ])
  })

  it('tells the kind from the bytes before the name', async () => {
    expect(await tell('no-ending', gzipSync(fit))).toEqual(['no-ending 16'])
  })

  it('hands TCX and GPX on, alone, gzipped and in zips, whatever they are called', async () => {
    const zip = zipSync({ 'a.tcx': tcx, 'b.GPX': gpx, 'c.gpx.gz': gzipSync(gpx), 'notes.txt': gpx })
    expect(await tell('x.zip', zip)).toEqual([
      'x.zip/a.tcx 30',
      'x.zip/b.GPX 27',
      'x.zip/c.gpx.gz 27',
      'x.zip/notes.txt 27',
    ])
    expect(await tell('download', gpx)).toEqual(['download 27'])
    expect(await tell('page.html', utf8.encode('<html/>'))).toEqual(['page.html UNKNOWN_KIND'])
  })

  it('leaves an empty file, a text and a picture with a code each, and reads on', async () => {
    const zip = zipSync({ 'empty.fit': new Uint8Array(), 'photo.jpg': text, 'run.fit': fit, '__MACOSX/run.fit': fit })
    expect(await tell('x.zip', zip)).toEqual([
      'x.zip/empty.fit EMPTY',
      'x.zip/photo.jpg UNKNOWN_KIND',
      'x.zip/run.fit 16',
    ])
    expect(await tell('x.txt', text)).toEqual(['x.txt UNKNOWN_KIND'])
  })

  it('stops a bomb at the limit of unpacked bytes, whatever sizes the archive declares', async () => {
    const limits = { ...unpackLimits, fileBytes: 3_000_000, unpackedBytes: 5_100_000 }
    const big = new Uint8Array(2_500_000)
    const zip = zipSync({ '1.fit': big, '2.fit': big, '3.fit': big, '4.fit': fit })
    expect(await tell('bomb.zip', zip, limits)).toEqual([
      'bomb.zip/1.fit 2500000',
      'bomb.zip/2.fit 2500000',
      'bomb.zip UNPACKED_TOO_LARGE',
    ])
    const lying = zipSync({ '1.fit': new Uint8Array(4_000_000) })
    const view = new DataView(lying.buffer)
    for (let at = 0; at + 46 < lying.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    expect(await tell('lying.zip', lying, limits)).toEqual(['lying.zip/1.fit TOO_LARGE'])
  })

  it('reads an archive where it lies: of a big one it touches only what it opens, a megabyte at a time', async () => {
    const noise = new Uint8Array(6_000_000).map((_, i) => (i * 2_654_435_761) >>> 13)
    const zip = zipSync(
      { 'a.jpg': noise, 'b.fit': fit, 'in.zip': zipSync({ 'c.fit': fit, 'd.jpg': noise }) },
      { level: 0 },
    )
    const { tally, source } = counted(zip)
    const lines: string[] = []
    for await (const one of unpack('big.zip', source)) lines.push(`${one.path} ${one.ok ? one.bytes.length : one.code}`)
    expect(lines).toEqual([
      'big.zip/a.jpg UNKNOWN_KIND',
      'big.zip/b.fit 16',
      'big.zip/in.zip/c.fit 16',
      'big.zip/in.zip/d.jpg UNKNOWN_KIND',
    ])
    expect(tally.read).toBeLessThan(200_000)
    const blob = (bytes: Uint8Array) => sourceOfBlob(new Blob([Uint8Array.from(bytes)]))
    expect(await tell('big.zip', zip, unpackLimits, blob)).toEqual(lines)
  })

  it('says so where the source itself can no longer be read', async () => {
    const gone = { size: 100, read: () => Promise.reject(new Error('taken away')) }
    const all = []
    for await (const one of unpack('gone.fit', gone)) all.push(one)
    expect(all).toEqual([{ path: 'gone.fit', archive: null, ok: false, code: 'UNREADABLE' }])
  })

  it('tells a path of any length by its end, within a few hundred letters', async () => {
    const long = `${'a'.repeat(60_000)}.zip`
    const lines = await tell(
      'export.zip',
      zipSync({ [long]: zipSync({ [`${'b'.repeat(9000)}/run.fit`]: fit, 'c.txt': text }) }),
    )
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^export\.zip\/…a+\.zip\/…b+\/run\.fit 16$/)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(500)
  })

  it('walks a list of any length, and counts what it reads of it', async () => {
    // As many as one likes, by one record of a directory that stands in it again and again.
    const one = zipSync({ 'a.jpg': text })
    const view = new DataView(one.buffer, one.byteOffset, one.byteLength)
    const end = one.length - 22
    const record = one.subarray(view.getUint32(end + 16, true), end)
    const COUNT = 110_000
    const locator = 56
    const size = end - record.length + record.length * COUNT + locator + 20 + 22
    const many = new Uint8Array(size)
    many.set(one.subarray(0, end - record.length))
    for (let i = 0; i < COUNT; i++) many.set(record, end - record.length + i * record.length)
    const end64 = end - record.length + record.length * COUNT
    const out = new DataView(many.buffer)
    out.setUint32(end64, 0x06064b50, true)
    out.setBigUint64(end64 + 32, BigInt(COUNT), true)
    out.setBigUint64(end64 + 48, BigInt(end - record.length), true)
    out.setUint32(end64 + locator, 0x07064b50, true)
    out.setBigUint64(end64 + locator + 8, BigInt(end64), true)
    many.set(one.subarray(end), end64 + locator + 20)
    const lines = await tell('many.zip', many)
    expect([lines.length, lines[0]]).toEqual([COUNT, 'many.zip/a.jpg UNKNOWN_KIND'])
    const limits = { ...unpackLimits, unpackedBytes: 1_000_000, growth: 0 }
    const few = await tell('many.zip', many, limits)
    expect(few.length).toBeLessThan(25_000)
    expect(few.at(-1)).toBe('many.zip UNPACKED_TOO_LARGE')
  })

  it('opens archives no more than three deep', async () => {
    const nest = (depth: number): Uint8Array => (depth === 0 ? fit : zipSync({ 'n.zip': nest(depth - 1) }))
    expect((await tell('n.zip', nest(6))).at(-1)).toContain('NESTED_TOO_DEEP')
  })

  it('says that a locked or cut archive is so', async () => {
    const zip = zipSync({ 'a.fit': fit })
    const locked = zip.slice()
    const view = new DataView(locked.buffer)
    for (let at = 0; at + 46 < locked.length; at++) if (view.getUint32(at, true) === 0x02014b50) locked[at + 8] = 1
    expect(await tell('l.zip', locked)).toEqual(['l.zip/a.fit ARCHIVE_ENCRYPTED'])
    expect(await tell('c.zip', zip.subarray(0, zip.length - 30))).toEqual([
      `c.zip/a.fit ${fit.length}`,
      'c.zip ARCHIVE_BROKEN',
    ])
    const gz = gzipSync(deflateSync(new Uint8Array(5000).map((_, i) => i * 7)))
    expect(await tell('g.fit.gz', gz.subarray(0, gz.length - 60))).toEqual(['g.fit.gz FILE_DAMAGED'])
  })

  it('never throws, whatever the bytes', async () => {
    const zip = zipSync({ 'a.fit': fit, 'b.zip': zipSync({ 'c.fit.gz': gzipSync(fit) }) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(zip.length),
        async (edits, cut) => {
          const bytes = zip.slice(0, Math.max(1, cut))
          for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
          expect((await tell('f.zip', bytes)).length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})
