// Archives that are cut, damaged, glued together or wrapped in something: nothing of theirs is lost in silence.
import { gzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { sourceOfBytes } from '../../src/formats/byte-source.ts'
import { joinBytes } from '../../src/formats/join-bytes.ts'
import { unpack } from '../../src/formats/unpack.ts'
import { makeTar, tarEntry } from '../support/made-tar.ts'
import { bytesOf, makeZip, type MadeMember, type ZipKind } from '../support/made-zip.ts'

const made = (name: string): Uint8Array => fitFixtures[name]?.make() ?? new Uint8Array()
const calm = made('calm-run')
const hard = made('too-hard-run')
const part1 = zipSync({ 'calm.fit': calm })

/** @returns `path size` of each file that came out whole, and `path CODE` of each that did not */
async function tell(bytes: Uint8Array, name = 'x.zip') {
  const lines: string[] = []
  for await (const one of unpack(name, sourceOfBytes(bytes)))
    lines.push(`${one.path} ${one.ok ? one.bytes.length : one.code}`)
  return lines
}
const zipOf = (members: readonly MadeMember[], kind?: ZipKind) => bytesOf(makeZip(members, kind))
const stored = { path: 'part1.zip', bytes: part1, method: 0 }
const rest: MadeMember = { path: 'rest.fit', bytes: calm }
const members: readonly MadeMember[] = [{ path: 'hard.fit', bytes: hard }, stored, rest]
const whole = [
  `x.zip/hard.fit ${hard.length}`,
  `x.zip/part1.zip/calm.fit ${calm.length}`,
  `x.zip/rest.fit ${calm.length}`,
]

const kinds: readonly (readonly [string, ZipKind])[] = [
  ['as most write it', {}],
  ['zip64', { zip64: true }],
  ['sizes behind the bytes', { descriptors: true }],
  ['sizes behind the bytes, without their signature', { descriptors: true, unsigned: true }],
  ['no checksums', { noCrc: true }],
  ['a comment', { comment: new TextEncoder().encode('made by hand, for you') }],
]

describe.each(kinds)('a zip that is cut: %s', (_, kind) => {
  it('never passes for whole, wherever it is cut, and keeps each member that is whole', async () => {
    const zip = await zipOf(members, kind)
    expect(await tell(zip)).toEqual(whole)
    const steps = Math.ceil(zip.length / 60)
    const cuts = Array.from({ length: 170 }, (_, i) => zip.length - 1 - 3 * i)
    for (let cut = zip.length - 511; cut > 30; cut -= steps) cuts.push(cut)
    for (const cut of cuts) {
      const lines = await tell(zip.subarray(0, cut))
      expect([cut, lines.at(-1)]).toEqual([cut, expect.stringMatching(/^x\.zip (ARCHIVE_BROKEN|ARCHIVE_UNREADABLE)$/)])
      const isHardWhole = cut > 30 + 'hard.fit'.length + hard.length
      if (isHardWhole) expect([cut, lines[0]]).toEqual([cut, whole[0]])
      // What lies inside an archive inside is never told as a member of the outer one.
      expect(lines.some((line) => line.startsWith('x.zip/calm.fit'))).toBe(false)
    }
  })

  it('names the member that is cut itself, and says that the rest is missing', async () => {
    const zip = await zipOf(members, kind)
    const restAt = zip.length - (await lengthBehindRest(kind))
    expect(await tell(zip.subarray(0, restAt - 20))).toEqual([
      ...whole.slice(0, 2),
      'x.zip/rest.fit FILE_DAMAGED',
      'x.zip ARCHIVE_BROKEN',
    ])
  })
})

/** What stands behind the bytes of the last member. */
async function lengthBehindRest(kind: ZipKind): Promise<number> {
  const empty = await zipOf(
    members.map(({ path }) => ({ path, bytes: new Uint8Array(), method: 0 })),
    kind,
  )
  const locals = members.reduce((sum, { path }) => sum + 30 + path.length, 0)
  const descriptor = kind.descriptors === true ? (kind.unsigned === true ? 12 : 16) : 0
  return empty.length - locals - 2 * descriptor
}

describe('archives inside', () => {
  it('reads what is whole of a stored one, and of a packed one, that is cut itself', async () => {
    const two = await zipOf([
      { path: 'a.fit', bytes: hard },
      { path: 'b.fit', bytes: calm },
    ])
    const cut = two.subarray(0, two.length - 200)
    for (const method of [0, 8]) {
      const lines = await tell(await zipOf([{ path: 'in.zip', bytes: cut, method }, rest]))
      expect(lines).toEqual([
        `x.zip/in.zip/a.fit ${hard.length}`,
        'x.zip/in.zip/b.fit FILE_DAMAGED',
        'x.zip/in.zip ARCHIVE_BROKEN',
        whole[2],
      ])
    }
  })

  it('reads a stored one in which the outer one is cut', async () => {
    const inner = await zipOf([
      { path: 'a.fit', bytes: hard },
      { path: 'b.fit', bytes: calm },
    ])
    const outer = await zipOf([{ path: 'in.zip', bytes: inner, method: 0 }])
    expect(await tell(outer.subarray(0, 36 + inner.length - 100))).toEqual([
      `x.zip/in.zip/a.fit ${hard.length}`,
      `x.zip/in.zip/b.fit ${calm.length}`,
      'x.zip/in.zip ARCHIVE_BROKEN',
      'x.zip ARCHIVE_BROKEN',
    ])
  })
})

describe('what stands before and behind a zip', () => {
  const two = zipSync({ 'second.fit': calm })

  it('reads both of two that were put together, and says that they are', async () => {
    const first = await zipOf(members)
    expect(await tell(joinBytes([first, two]))).toEqual([
      ...whole,
      `x.zip/second.fit ${calm.length}`,
      'x.zip ARCHIVE_BROKEN',
    ])
    expect(await tell(joinBytes([first, two.subarray(0, -40)]))).toContain('x.zip ARCHIVE_BROKEN')
  })

  it('takes what makes an archive open itself for no member of it', async () => {
    const stub = joinBytes([
      new TextEncoder().encode('MZ this opens itself PK\u0003\u0004'),
      new Uint8Array(4000).fill(0xff),
    ])
    expect(await tell(joinBytes([stub, await zipOf(members)]))).toEqual(whole)
    expect(await tell(await zipOf(members, { before: stub, zip64: true }))).toEqual(whole)
  })

  it('reads all before something that is no padding, and says that it is not sound', async () => {
    const zip = await zipOf(members)
    expect(await tell(joinBytes([zip, new TextEncoder().encode('<html>')]))).toEqual([...whole, 'x.zip ARCHIVE_BROKEN'])
    expect(await tell(joinBytes([zip, new Uint8Array(3000)]))).toEqual(whole)
  })

  it('reads all of one whose directory is damaged in the middle', async () => {
    const zip = (await zipOf(members)).slice()
    const at = zip.length - 22 - 2 * 54 - 1
    zip.fill(0x55, at, at + 60)
    const lines = await tell(zip)
    expect(lines.toSorted()).toEqual([...whole, 'x.zip ARCHIVE_BROKEN'].toSorted())
  })
})

describe('checksums', () => {
  const damagedAt = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

  it('never reads a member of a zip that is not what was packed', async () => {
    for (const method of [0, 8]) {
      const zip = await zipOf([{ path: 'a.fit', bytes: hard, method }, rest])
      expect(await tell(damagedAt(zip, 35 + 2000))).toEqual(['x.zip/a.fit FILE_DAMAGED', whole[2]])
    }
  })

  it('never reads a gzip that is not what was packed, in no member of it', async () => {
    const packed = gzipSync(hard)
    for (const at of [packed.length - 8, packed.length - 1, 3000])
      expect(await tell(damagedAt(packed, at), 'a.fit.gz')).toEqual(['a.fit.gz FILE_DAMAGED'])
    const first = gzipSync(hard.subarray(0, 2000))
    const several = joinBytes([first, gzipSync(hard.subarray(2000))])
    expect(await tell(several, 'a.fit.gz')).toEqual([`a.fit.gz ${hard.length}`])
    expect(await tell(damagedAt(several, first.length - 7), 'a.fit.gz')).toEqual(['a.fit.gz FILE_DAMAGED'])
    for (let cut = 1; cut <= 8; cut++)
      expect(await tell(packed.subarray(0, packed.length - cut), 'a.fit.gz')).toEqual(['a.fit.gz FILE_DAMAGED'])
  })

  it('says of a packed tar that it is not what was packed', async () => {
    const packed = gzipSync(makeTar([tarEntry({ name: 'a.fit' }, hard)]))
    const broken = [`t.tgz/a.fit ${hard.length}`, 't.tgz ARCHIVE_BROKEN']
    expect(await tell(damagedAt(packed, packed.length - 6), 't.tgz')).toEqual(broken)
  })
})

it('reads both of two tars that were put together, and tells of what is none behind one', async () => {
  const [a, b] = ['a', 'b'].map((name) => makeTar([tarEntry({ name: `${name}.fit` }, calm)]))
  const both = ['a', 'b'].map((name) => `t.tar/${name}.fit ${calm.length}`)
  expect(await tell(joinBytes([a ?? calm, b ?? calm]), 't.tar')).toEqual(both)
  const junk = joinBytes([a ?? calm, new Uint8Array(512).fill(7)])
  expect(await tell(junk, 't.tar')).toEqual([both[0], 't.tar ARCHIVE_BROKEN'])
})
