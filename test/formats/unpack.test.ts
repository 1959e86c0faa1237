import { gzipSync, zipSync, deflateSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpack, unpackLimits, type Unpacked } from '../../src/formats/unpack.ts'

const fit = new Uint8Array([14, 32, 0, 0, 0, 0, 0, 0, 0x2e, 0x46, 0x49, 0x54, 0, 0, 0, 0])
const utf8 = new TextEncoder()
const gpx = utf8.encode('<?xml version="1.0"?><gpx/>')
const tcx = utf8.encode('\uFEFF<ns:TrainingCenterDatabase>')
const text = new Uint8Array([104, 101, 108, 108, 111])
const tell = (all: Iterable<Unpacked>) => Array.from(all, (u) => `${u.path} ${u.ok ? u.bytes.length : u.code}`)

describe('unpack', () => {
  it('hands a bare file on as it is', () => {
    expect(tell(unpack('run.fit', fit))).toEqual(['run.fit 16'])
  })

  it('opens gzip, zip, and zips in zips, in archive order', () => {
    const inner = zipSync({ 'deep/c.fit': fit })
    const zip = zipSync({ 'a.fit': fit, 'b.fit.gz': gzipSync(fit), 'more.zip': inner, 'été.fit': fit })
    expect(tell(unpack('all.zip', zip))).toEqual([
      'all.zip/a.fit 16',
      'all.zip/b.fit.gz 16',
      'all.zip/more.zip/deep/c.fit 16',
      'all.zip/été.fit 16',
    ])
  })

  it('tells the kind from the bytes before the name', () => {
    expect(tell(unpack('no-ending', gzipSync(fit)))).toEqual(['no-ending 16'])
  })

  it('hands TCX and GPX on, alone, gzipped and in zips, whatever they are called', () => {
    const zip = zipSync({ 'a.tcx': tcx, 'b.GPX': gpx, 'c.gpx.gz': gzipSync(gpx), 'notes.txt': gpx })
    expect(tell(unpack('x.zip', zip))).toEqual([
      'x.zip/a.tcx 30',
      'x.zip/b.GPX 27',
      'x.zip/c.gpx.gz 27',
      'x.zip/notes.txt UNKNOWN_KIND',
    ])
    expect(tell(unpack('download', gpx))).toEqual(['download 27'])
    expect(tell(unpack('page.html', utf8.encode('<html/>')))).toEqual(['page.html UNKNOWN_KIND'])
  })

  it('leaves an empty file, a text and a picture with a code each, and reads on', () => {
    const zip = zipSync({ 'empty.fit': new Uint8Array(), 'photo.jpg': text, 'run.fit': fit, '__MACOSX/run.fit': fit })
    expect(tell(unpack('x.zip', zip))).toEqual([
      'x.zip/empty.fit EMPTY',
      'x.zip/photo.jpg UNKNOWN_KIND',
      'x.zip/run.fit 16',
    ])
    expect(tell(unpack('x.txt', text))).toEqual(['x.txt UNKNOWN_KIND'])
  })

  it('stops a bomb at the limit of unpacked bytes, whatever sizes the archive declares', () => {
    const limits = { ...unpackLimits, fileBytes: 3_000_000, unpackedBytes: 5_000_000 }
    const big = new Uint8Array(2_500_000)
    const zip = zipSync({ '1.fit': big, '2.fit': big, '3.fit': big, '4.fit': fit })
    expect(tell(unpack('bomb.zip', zip, limits))).toEqual([
      'bomb.zip/1.fit 2500000',
      'bomb.zip/2.fit 2500000',
      'bomb.zip/3.fit UNPACKED_TOO_LARGE',
    ])
    const lying = zipSync({ '1.fit': new Uint8Array(4_000_000) })
    const view = new DataView(lying.buffer)
    for (let at = 0; at + 46 < lying.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    expect(tell(unpack('lying.zip', lying, limits))).toEqual(['lying.zip/1.fit TOO_LARGE'])
  })

  it('stops after the allowed number of files', () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.fit`, fit]))
    const limits = { ...unpackLimits, files: 3 }
    expect(tell(unpack('m.zip', zipSync(many), limits)).slice(3)).toEqual(['m.zip TOO_MANY_FILES'])
  })

  it('opens archives no more than three deep', () => {
    const nest = (depth: number): Uint8Array => (depth === 0 ? fit : zipSync({ 'n.zip': nest(depth - 1) }))
    expect(tell(unpack('n.zip', nest(6))).at(-1)).toContain('NESTED_TOO_DEEP')
  })

  it('says that a locked or cut archive is so', () => {
    const zip = zipSync({ 'a.fit': fit })
    const locked = zip.slice()
    const view = new DataView(locked.buffer)
    for (let at = 0; at + 46 < locked.length; at++) if (view.getUint32(at, true) === 0x02014b50) locked[at + 8] = 1
    expect(tell(unpack('l.zip', locked))).toEqual(['l.zip/a.fit ARCHIVE_ENCRYPTED'])
    expect(tell(unpack('c.zip', zip.subarray(0, zip.length - 30)))).toEqual(['c.zip ARCHIVE_BROKEN'])
    const gz = gzipSync(deflateSync(new Uint8Array(5000).map((_, i) => i * 7)))
    expect(tell(unpack('g.fit.gz', gz.subarray(0, gz.length - 60)))).toEqual(['g.fit.gz ARCHIVE_BROKEN'])
  })

  it('never throws, whatever the bytes', () => {
    const zip = zipSync({ 'a.fit': fit, 'b.zip': zipSync({ 'c.fit.gz': gzipSync(fit) }) })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(zip.length),
        (edits, cut) => {
          const bytes = zip.slice(0, Math.max(1, cut))
          for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
          expect(tell(unpack('f.zip', bytes)).length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})
