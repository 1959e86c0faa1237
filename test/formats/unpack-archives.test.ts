import { gzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { sourceOfBytes, type ByteSource } from '../../src/formats/byte-source.ts'
import { joinBytes } from '../../src/formats/join-bytes.ts'
import { mayHoldRun } from '../../src/formats/kind.ts'
import { unpack } from '../../src/formats/unpack.ts'
import { unpackLimits } from '../../src/formats/unpack-budget.ts'
import { bytesOf, makeZip } from '../support/made-zip.ts'
import { makeTar, paxRecords, tarEntry, tarHeader } from '../support/made-tar.ts'

const made = (name: string): Uint8Array => fitFixtures[name]?.make() ?? new Uint8Array()
const run = made('calm-run')
const settings = made('settings')
const utf8 = new TextEncoder()
const gpx = utf8.encode('<?xml version="1.0"?><gpx/>')

/** @returns `path size` of each file that came out whole, and `path CODE` of each that did not */
async function tell(name: string, source: ByteSource | Uint8Array, limits = unpackLimits, isTimeUp?: () => boolean) {
  const lines: string[] = []
  const from = source instanceof Uint8Array ? sourceOfBytes(source) : source
  for await (const one of unpack(name, from, limits, isTimeUp))
    lines.push(`${one.path} ${one.ok ? one.bytes.length : one.code}`)
  return lines
}

describe('archives of years', () => {
  it('looks at files beyond any number, and costs of settings no more than a look', async () => {
    const members = Array.from({ length: 6000 }, (_, i) => ({ path: `${i}.fit`, bytes: settings }))
    const part1 = await bytesOf(makeZip([...members, { path: 'run.fit', bytes: run }]))
    const part2 = zipSync({ 'run2.fit': run })
    const lines = await tell('export.zip', zipSync({ 'DI/Part1.zip': part1, 'DI/Part2.zip': part2 }))
    expect(lines.filter((line) => line.endsWith(` ${run.length}`))).toEqual([
      `export.zip/DI/Part1.zip/run.fit ${run.length}`,
      `export.zip/DI/Part2.zip/run2.fit ${run.length}`,
    ])
    expect(lines.filter((line) => line.endsWith(' NOT_ACTIVITY'))).toHaveLength(6000)
  })

  it('unpacks no more of a large file that is no run than its beginning', async () => {
    const sleep = made('sleep')
    const large = joinBytes([sleep.subarray(0, 14), new Uint8Array(20_000_000)])
    // One part to its end, as its header says.
    new DataView(large.buffer).setUint32(4, large.length - 16, true)
    large.set(sleep.subarray(14, 60), 14)
    const limits = { ...unpackLimits, unpackedBytes: 4_000_000, growth: 0, times: 1 }
    const zip = zipSync({ 'a.fit': large, 'b.dat': new Uint8Array(20_000_000), 'c.json': large, 'run.fit': run })
    expect(await tell('x.zip', zip, limits)).toEqual([
      'x.zip/a.fit NOT_ACTIVITY',
      'x.zip/b.dat UNKNOWN_KIND',
      'x.zip/c.json UNKNOWN_KIND',
      `x.zip/run.fit ${run.length}`,
    ])
  })

  it('reads the run that is chained behind settings', async () => {
    const chained = joinBytes([settings, run])
    expect(await tell('x.zip', zipSync({ 'a.fit': chained }))).toEqual([`x.zip/a.fit ${chained.length}`])
  })

  it('tells files without a telling name by their bytes', async () => {
    const zip = zipSync({
      download: run,
      'route.gpx.xml': gpx,
      'mail.txt': gpx,
      'words.txt': utf8.encode('hello'),
      more: zipSync({ a: run }),
    })
    expect(await tell('x.zip', zip)).toEqual([
      `x.zip/download ${run.length}`,
      'x.zip/route.gpx.xml 27',
      'x.zip/mail.txt 27',
      'x.zip/words.txt UNKNOWN_KIND',
      `x.zip/more/a ${run.length}`,
    ])
  })

  it('ends no archive for another that is cut, locked, too deep, too large or packed otherwise', async () => {
    const inner = zipSync({ 'run.fit': run })
    const deep = zipSync({ 'b.zip': zipSync({ 'c.zip': zipSync({ 'd.zip': inner }) }) })
    const bomb = zipSync(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.fit`, new Uint8Array(900_000)])),
    )
    const limits = { ...unpackLimits, fileBytes: 1_000_000, unpackedBytes: 3_000_000, archiveBytes: 500_000, growth: 1 }
    const noise = new Uint8Array(700_000).map((_, i) => (i * 2_654_435_761) >>> 11)
    const zip = await bytesOf(
      makeZip([
        { path: 'cut.zip', bytes: inner.subarray(0, inner.length - 30) },
        { path: 'deep.zip', bytes: deep },
        { path: 'bomb.zip', bytes: bomb },
        { path: 'large.zip', bytes: zipSync({ 'a.jpg': noise }, { level: 0 }) },
        { path: 'locked.zip', bytes: inner, flags: 1 },
        { path: 'old.fit', bytes: run, method: 9 },
        { path: 'bz.fit', bytes: run, method: 12 },
        { path: 'lz.fit', bytes: run, method: 14 },
        { path: 'zs.fit', bytes: run, method: 93 },
        { path: 'xz.fit', bytes: run, method: 95 },
        { path: 'pp.fit', bytes: run, method: 98 },
        { path: 'aes.fit', bytes: run, method: 99 },
        { path: 'im.fit', bytes: run, method: 6 },
        { path: 'last.zip', bytes: inner },
      ]),
    )
    const lines = await tell('x.zip', zip, limits)
    const bombed = lines.filter((line) => line.startsWith('x.zip/bomb.zip'))
    expect(bombed.at(-1)).toBe('x.zip/bomb.zip UNPACKED_TOO_LARGE')
    expect(bombed.length).toBeLessThan(6)
    expect(lines.filter((line) => !line.startsWith('x.zip/bomb.zip'))).toEqual([
      `x.zip/cut.zip/run.fit ${run.length}`,
      'x.zip/cut.zip ARCHIVE_BROKEN',
      'x.zip/deep.zip/b.zip/c.zip NESTED_TOO_DEEP',
      'x.zip/large.zip ARCHIVE_TOO_LARGE',
      'x.zip/locked.zip ARCHIVE_ENCRYPTED',
      'x.zip/old.fit PACKED_DEFLATE64',
      'x.zip/bz.fit PACKED_BZIP2',
      'x.zip/lz.fit PACKED_LZMA',
      'x.zip/zs.fit PACKED_ZSTD',
      'x.zip/xz.fit PACKED_XZ',
      'x.zip/pp.fit PACKED_PPMD',
      'x.zip/aes.fit ARCHIVE_ENCRYPTED',
      'x.zip/im.fit PACKED_OTHERWISE',
      `x.zip/last.zip/run.fit ${run.length}`,
    ])
  })

  it('ends all of them where together they take too much, and says so once', async () => {
    const bomb = zipSync(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.fit`, new Uint8Array(900_000)])))
    const all = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.zip`, bomb]))
    const lines = await tell('x.zip', zipSync(all), { ...unpackLimits, unpackedBytes: 3_000_000, growth: 1 })
    expect(lines.filter((line) => line.endsWith(' UNPACKED_TOO_LARGE'))).toEqual([
      ...[0, 1, 2].map((i) => `x.zip/${i}.zip UNPACKED_TOO_LARGE`),
      'x.zip UNPACKED_TOO_LARGE',
    ])
    expect(lines.at(-1)).toBe('x.zip UNPACKED_TOO_LARGE')
  })

  it('ends when the time is up that somebody else keeps, and says so once', async () => {
    let asked = 0
    const zip = zipSync(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}.fit`, run])))
    const lines = await tell('x.zip', zip, unpackLimits, () => ++asked > 20)
    expect(lines.at(-1)).toBe('x.zip OUT_OF_TIME')
    expect(lines.filter((line) => line.includes('OUT_OF_TIME'))).toHaveLength(1)
    expect(lines.length).toBeLessThan(20)
  })

  it.each([
    ['a.tar.bz2', [0x42, 0x5a, 0x68, 0x39], 'PACKED_BZIP2'],
    ['a.fit.xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'PACKED_XZ'],
    ['a.zst', [0x28, 0xb5, 0x2f, 0xfd], 'PACKED_ZSTD'],
    ['a.7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'PACKED_7Z'],
    ['a.rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], 'PACKED_RAR'],
    ['a.lzma', [0x5d, 0, 0, 0x80, 0], 'PACKED_LZMA'],
    ['a.Z', [0x1f, 0x9d, 0x90], 'PACKED_OTHERWISE'],
  ])('names %s for what it is', async (name, beginning, code) => {
    const bytes = joinBytes([Uint8Array.from(beginning), new Uint8Array(100)])
    expect(await tell(name, bytes)).toEqual([`${name} ${code}`])
    expect(await tell('x.zip', zipSync({ [name]: bytes }))).toEqual([`x.zip/${name} ${code}`])
  })
})

describe('zips that say less than they hold', () => {
  const tiny = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ path: `${i}.jpg`, bytes: new Uint8Array(), method: 0 }))

  it('reads all of 65,539 entries whose count says three, as the Mac writes it', async () => {
    const source = makeZip([...tiny(65_538), { path: 'run.fit', bytes: run }])
    const lines = await tell('mac.zip', source)
    expect([lines.length, lines.at(-1)]).toEqual([65_539, `mac.zip/run.fit ${run.length}`])
  })

  it.each([
    ['more than there are', 5],
    ['fewer than there are', 1],
  ])('reads what is listed where the count says %s, and that it is not sound', async (_, saysCount) => {
    const members = ['a.fit', 'b.fit'].map((path) => ({ path, bytes: run }))
    expect(await tell('x.zip', makeZip(members, { saysCount }))).toEqual([
      `x.zip/a.fit ${run.length}`,
      `x.zip/b.fit ${run.length}`,
      'x.zip ARCHIVE_BROKEN',
    ])
  })

  it('never takes a count of three for complete where the list is cut', async () => {
    const whole = await bytesOf(makeZip([...tiny(65_538), { path: 'run.fit', bytes: run }]))
    const end = whole.subarray(whole.length - 22)
    // The second half of the list is gone.
    const cutAt = whole.length - 22 - 2_000_000
    const lines = await tell('cut.zip', joinBytes([whole.subarray(0, cutAt), end]))
    expect(lines.at(-1)).toBe('cut.zip ARCHIVE_BROKEN')
  })

  it('finds files and list beyond 4 GB whose places lost their upper bits, also beyond 8 GB', async () => {
    const GB = 2 ** 30
    const source = makeZip([
      { path: 'a.fit', bytes: run },
      { path: 'b.fit', bytes: run, gapBytes: 5 * GB },
      { path: 'in.zip', bytes: zipSync({ 'c.fit': run }), method: 0, gapBytes: 4 * GB - 1000 },
      { path: 'd.fit', bytes: run, gapBytes: 10 },
    ])
    expect(source.size).toBeGreaterThan(9 * GB)
    expect(await tell('finder.zip', source)).toEqual([
      `finder.zip/a.fit ${run.length}`,
      `finder.zip/b.fit ${run.length}`,
      `finder.zip/in.zip/c.fit ${run.length}`,
      `finder.zip/d.fit ${run.length}`,
    ])
  })

  it('takes the file of the right name where two places fit', async () => {
    const other = made('too-hard-run')
    const header = 30 + 'a.fit'.length
    const members = [
      { path: 'a.fit', bytes: run, method: 0 },
      { path: 'b.fit', bytes: other, method: 0, gapBytes: 2 ** 32 - header - run.length },
    ]
    expect(await tell('x.zip', makeZip(members))).toEqual([`x.zip/a.fit ${run.length}`, `x.zip/b.fit ${other.length}`])
  })

  it.each([
    ['zip64', { zip64: true }],
    ['data descriptors', { descriptors: true }],
    ['something before it', { before: new Uint8Array(5000).fill(7) }],
    ['zip64 and something before it', { zip64: true, before: new Uint8Array(5000).fill(7) }],
  ])('reads one with %s', async (_, kind) => {
    const members = ['a.fit', 'b.fit'].map((path) => ({ path, bytes: run }))
    const source = makeZip([...members, { path: 'more.zip', bytes: zipSync({ 'c.fit': run }), method: 0 }], kind)
    // By its name: what stands before it may be anything.
    expect(await tell('x.zip', source)).toEqual(
      ['a.fit', 'b.fit', 'more.zip/c.fit'].map((path) => `x.zip/${path} ${run.length}`),
    )
  })

  it('reads zip64 beyond 4 GB', async () => {
    const members = ['a.fit', 'b.fit'].map((path) => ({ path, bytes: run, gapBytes: 3 * 2 ** 30 }))
    expect(await tell('x.zip', makeZip(members, { zip64: true }))).toEqual(
      ['a.fit', 'b.fit'].map((path) => `x.zip/${path} ${run.length}`),
    )
  })
})

describe('gzip', () => {
  const packed = gzipSync(run)

  it.each([1, 3, 4, 8, 9, 512, 70_000])('takes %i zeros behind it for padding', async (count) => {
    const padded = joinBytes([packed, new Uint8Array(count)])
    expect(await tell('a.fit.gz', padded)).toEqual([`a.fit.gz ${run.length}`])
  })

  it('reads several members as one file, with padding behind them', async () => {
    const parts = joinBytes([gzipSync(run.subarray(0, 1000)), gzipSync(run.subarray(1000)), new Uint8Array(512)])
    expect(await tell('a.fit.gz', parts)).toEqual([`a.fit.gz ${run.length}`])
  })

  it.each([
    ['zeros and more', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['one byte', [7]],
    ['three bytes', [7, 8, 9]],
    ['six bytes', [1, 2, 3, 4, 5, 6]],
    ['a text', utf8.encode('junk'.repeat(20_000))],
    ['ones', new Uint8Array(20).fill(255)],
    ['zeros and another member', [...new Uint8Array(512), ...gzipSync(settings)]],
  ])('keeps what came before it where something else follows, and says so: %s', async (_, behind) => {
    for (const source of [run, gpx]) {
      const bytes = joinBytes([gzipSync(source), Uint8Array.from(behind)])
      expect(await tell('a.fit.gz', bytes)).toEqual([`a.fit.gz ${source.length}`, 'a.fit.gz ARCHIVE_TRAILING'])
    }
  })

  it('calls it damaged where it is cut, or where another member begins and does not go on', async () => {
    for (const behind of [[0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0], [...packed.subarray(0, 900)]])
      expect(await tell('a.fit.gz', joinBytes([packed, Uint8Array.from(behind)]))).toEqual(['a.fit.gz FILE_DAMAGED'])
    for (const behind of [new Uint8Array(512), utf8.encode('junk'.repeat(200))])
      expect(await tell('a.fit.gz', joinBytes([packed.subarray(0, 900), behind]))).toEqual(['a.fit.gz FILE_DAMAGED'])
  })

  it('believes no tar without its end where something else follows the gzip', async () => {
    const tar = tarEntry({ name: 'a.gpx' }, gpx)
    const junk = utf8.encode('junk')
    const trailing = 't.tgz ARCHIVE_TRAILING'
    expect(await tell('t.tgz', joinBytes([gzipSync(makeTar([tar])), junk]))).toEqual(['t.tgz/a.gpx 27', trailing])
    const broken = ['t.tgz/a.gpx 27', 't.tgz ARCHIVE_BROKEN', trailing]
    expect(await tell('t.tgz', joinBytes([gzipSync(tar), junk]))).toEqual(broken)
  })
})

describe('tar', () => {
  const long = `${'a'.repeat(120)}/run.fit`
  const path = (inside: string) => `t.tgz/${inside} ${run.length}`
  const dialects: readonly (readonly [string, readonly Uint8Array[], string])[] = [
    ['ustar', [tarEntry({ name: 'run.fit', front: 'front' }, run)], 'front/run.fit'],
    [
      'pax',
      [tarEntry({ name: 'PaxHeader', type: 'x' }, paxRecords({ path: long })), tarEntry({ name: 'cut' }, run)],
      long,
    ],
    [
      'pax with a size of its own',
      [
        tarEntry({ name: 'p', type: 'x' }, paxRecords({ size: String(run.length), mtime: '1.5' })),
        joinBytes([tarHeader({ name: 'run.fit' }), run, new Uint8Array((512 - (run.length % 512)) % 512)]),
      ],
      'run.fit',
    ],
    [
      'GNU',
      [
        tarEntry({ name: '././@LongLink', type: 'L', gnu: true }, utf8.encode(`${long}\0`)),
        tarEntry({ name: 'cut', gnu: true }, run),
      ],
      long,
    ],
    ['GNU in base 256', [tarEntry({ name: 'run.fit', gnu: true, base256: true }, run)], 'run.fit'],
  ]

  it.each(dialects)('reads %s, plain and packed', async (_, entries, name) => {
    const tar = makeTar(entries)
    const expected = path(name)
    expect(await tell('t.tgz', gzipSync(tar))).toEqual([expected])
    expect(await tell('t.tgz', tar)).toEqual([expected])
  })

  it('reads an export in it: folders and links are no files, one archive never ends another', async () => {
    const tar = makeTar([
      tarEntry({ name: 'export/', type: '5' }),
      tarHeader({ name: 'export/link.fit', type: '2', size: 77 }),
      tarEntry({ name: 'export/media/a.jpg' }, new Uint8Array(3000)),
      tarEntry({ name: 'export/settings.fit' }, settings),
      tarEntry({ name: 'export/a.fit.gz' }, gzipSync(run)),
      tarEntry({ name: 'export/broken.zip' }, zipSync({ 'x.fit': run }).subarray(0, 100)),
      tarEntry({ name: 'export/part.zip' }, zipSync({ 'b.fit': run })),
      tarEntry({ name: 'export/empty.fit' }),
    ])
    expect(await tell('t.tar.gz', gzipSync(tar))).toEqual([
      't.tar.gz/export/media/a.jpg UNKNOWN_KIND',
      't.tar.gz/export/settings.fit NOT_ACTIVITY',
      `t.tar.gz/export/a.fit.gz ${run.length}`,
      't.tar.gz/export/broken.zip/x.fit FILE_DAMAGED',
      't.tar.gz/export/broken.zip ARCHIVE_UNREADABLE',
      `t.tar.gz/export/part.zip/b.fit ${run.length}`,
      't.tar.gz/export/empty.fit EMPTY',
    ])
    expect(await tell('x.zip', zipSync({ 'd/t.tgz': gzipSync(tar) }))).toHaveLength(7)
  })

  it('gives what is whole of one that is cut, and says that it is', async () => {
    const tar = makeTar([tarEntry({ name: 'a.fit' }, run), tarEntry({ name: 'b.fit' }, run)])
    const cut = [`t.tar/a.fit ${run.length}`, 't.tar/b.fit FILE_DAMAGED', 't.tar ARCHIVE_BROKEN']
    expect(await tell('t.tar', tar.subarray(0, run.length + 5000))).toEqual(cut)
    // Without the zeros at the end, as some write it, it is whole.
    expect(await tell('t.tar', tar.subarray(0, -1024))).toEqual(
      ['a', 'b'].map((name) => `t.tar/${name}.fit ${run.length}`),
    )
  })

  it('tells of every cut inside what belongs to a member, or lost nothing', async () => {
    const names = ['a', 'b', 'c'].map((letter) => `${letter.repeat(120)}.gpx`)
    const members = [
      tarEntry({ name: 'g', type: 'g' }, paxRecords({ comment: 'all' })),
      joinBytes([tarEntry({ name: 'p', type: 'x' }, paxRecords({ path: names[0] })), tarEntry({ name: 'cut' }, gpx)]),
      joinBytes([
        tarEntry({ name: '././@LongLink', type: 'L', gnu: true }, utf8.encode(`${names[1]}\0`)),
        tarEntry({ name: 'cut', gnu: true }, gpx),
      ]),
      tarEntry({ name: 'plain.gpx' }, gpx),
    ]
    const tar = makeTar(members)
    const paths = [names[0], names[1], 'plain.gpx'].map((name) => `t.tar/${name} ${gpx.length}`)
    // Where one member ends and the next begins a cut is no other than an archive without zeros at its end.
    const borders = new Set(members.map((_, i) => joinBytes(members.slice(0, i + 1)).length).slice(1))
    for (let cut = 1; cut <= tar.length; cut++) {
      const lines = await tell('t.tar', tar.subarray(0, cut))
      const isTold = lines.some((line) => /^t\.tar [A-Z_]+$/.test(line))
      expect([cut, isTold || borders.has(cut) || paths.every((path) => lines.includes(path))]).toEqual([cut, true])
    }
  })
})

describe('what lies behind and beside', () => {
  it.each([1000, 70_000, 100_000, 3_000_000])('finds the end of a zip before %i zeros', async (count) => {
    const zip = zipSync({ 'a.fit': run })
    expect(await tell('a.zip', joinBytes([zip, new Uint8Array(count)]))).toEqual([`a.zip/a.fit ${run.length}`])
    expect(await tell('z.zip', joinBytes([Uint8Array.from([0x50, 0x4b, 3, 4]), new Uint8Array(count)]))).toEqual([
      'z.zip ARCHIVE_UNREADABLE',
    ])
  })

  it('leaves out what a Mac writes beside a run, by its name and its first bytes', async () => {
    const double = joinBytes([Uint8Array.from([0, 5, 0x16, 7]), new Uint8Array(100)])
    const files = { 'd/._a.fit': double, '._b.zip': double, '._c': double, '._run.fit': run, 'd/a.fit': run }
    const whole = ['._run.fit', 'd/a.fit'].map((path) => `${path} ${run.length}`)
    for (const level of [0, 6] as const)
      expect(await tell('x.zip', zipSync(files, { level }))).toEqual(whole.map((line) => `x.zip/${line}`))
    const tar = makeTar(Object.entries(files).map(([name, bytes]) => tarEntry({ name }, bytes)))
    expect(await tell('x.tar', tar)).toEqual(whole.map((line) => `x.tar/${line}`))
    expect(await tell('x.zip', zipSync({ '._a.fit': double }))).toEqual(['x.zip EMPTY'])
    expect(await tell('._a.fit', double)).toEqual(['._a.fit UNKNOWN_KIND'])
    expect(['d/._a.fit', '._a.fit', 'a._.fit', 'd/a.fit'].map(mayHoldRun)).toEqual([false, false, true, true])
  })
})
