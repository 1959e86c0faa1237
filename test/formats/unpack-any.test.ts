// Whatever archives hold: each whole run in a member that is not damaged comes out, with its bytes, and nothing throws.
import { gzipSync, zipSync } from 'fflate'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { sourceOfBytes } from '../../src/formats/byte-source.ts'
import { unpack } from '../../src/formats/unpack.ts'
import { makeTar, tarEntry } from '../support/made-tar.ts'

const made = (name: string): Uint8Array => fitFixtures[name]?.make() ?? new Uint8Array()
const utf8 = new TextEncoder()
const runs = {
  fit: made('calm-run'),
  gpx: utf8.encode('<?xml version="1.0"?><gpx><trk/></gpx>'),
  tcx: utf8.encode('<TrainingCenterDatabase><Activities/></TrainingCenterDatabase>'),
}
const noRuns: readonly (readonly [string, Uint8Array])[] = [
  ['settings.fit', made('settings')],
  ['empty.fit', new Uint8Array()],
  ['._a.fit', Uint8Array.from([0, 5, 0x16, 7, 0, 2, 0, 0])],
  ['words.txt', utf8.encode('hello')],
  ['photo.jpg', new Uint8Array(3000).map((_, i) => i * 7)],
  ['a.7z', Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 0])],
]

type Thing =
  | {
      readonly kind: 'run'
      readonly of: keyof typeof runs
      readonly name: string
      readonly packed: 'no' | 'gzip' | 'junk'
    }
  | { readonly kind: 'other'; readonly of: number }
  | {
      readonly kind: 'damaged'
      readonly as: '.zip' | '.fit.gz' | '.tar' | '.tgz'
      readonly cut: number
      readonly noise: Uint8Array
    }
  | { readonly kind: 'zip' | 'stored' | 'tar' | 'tgz'; readonly things: readonly Thing[] }

const leaf: fc.Arbitrary<Thing> = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    of: fc.constantFrom('fit', 'gpx', 'tcx'),
    name: fc.constantFrom('run.fit', 'run.GPX', 'run.tcx', 'run', 'run.txt', 'd/._run.fit', 'a/b/run.xml'),
    packed: fc.constantFrom('no', 'gzip', 'junk'),
  }),
  fc.record({ kind: fc.constant('other' as const), of: fc.nat(noRuns.length - 1) }),
  fc.record({
    kind: fc.constant('damaged' as const),
    as: fc.constantFrom('.zip', '.fit.gz', '.tar', '.tgz'),
    cut: fc.double({ min: 0.01, max: 0.95, noNaN: true }),
    noise: fc.uint8Array({ maxLength: 40 }),
  }),
)
const archiveOf = (thing: fc.Arbitrary<Thing>): fc.Arbitrary<Thing> =>
  fc.record({
    kind: fc.constantFrom('zip', 'stored', 'tar', 'tgz'),
    things: fc.array(thing, { minLength: 1, maxLength: 5 }),
  })
const inner = archiveOf(leaf)
// Four deep with a gzip in the third would be one more than is opened.
const outer = archiveOf(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: inner }))

const endings = { zip: '.zip', stored: '.zip', tar: '.tar', tgz: '.tgz' } as const

/** The bytes of a thing, its name, and which runs come out of it under which path. */
function write(
  thing: Thing,
  number: number,
): { name: string; bytes: Uint8Array; runs: [path: string, bytes: Uint8Array][] } {
  switch (thing.kind) {
    case 'run': {
      const bytes = runs[thing.of]
      const name = `${number}/${thing.name}`
      if (thing.packed === 'no') return { name, bytes, runs: [[name, bytes]] }
      const packed = new Uint8Array([
        ...gzipSync(bytes),
        ...(thing.packed === 'junk' ? utf8.encode('junk behind it') : []),
      ])
      return { name: `${name}.gz`, bytes: packed, runs: [[`${name}.gz`, bytes]] }
    }
    case 'other': {
      const [name, bytes] = noRuns[thing.of] ?? ['', new Uint8Array()]
      return { name: `${number}/${name}`, bytes, runs: [] }
    }
    case 'damaged': {
      const tar = makeTar([tarEntry({ name: 'a.fit' }, made('settings'))])
      const whole = {
        '.zip': zipSync({ 'a.fit': made('settings') }),
        '.fit.gz': gzipSync(made('settings')),
        '.tar': tar,
        '.tgz': gzipSync(tar),
      }
      const bytes = whole[thing.as].subarray(0, Math.ceil(thing.cut * whole[thing.as].length))
      return { name: `${number}${thing.as}`, bytes: new Uint8Array([...bytes, ...thing.noise]), runs: [] }
    }
    case 'zip':
    case 'stored':
    case 'tar':
    case 'tgz': {
      const members = thing.things.map(write)
      const name = `${number}${endings[thing.kind]}`
      const files = Object.fromEntries(members.map((member) => [member.name, member.bytes]))
      const tar = () => makeTar(members.map((member) => tarEntry({ name: member.name }, member.bytes)))
      const bytes =
        thing.kind === 'tar'
          ? tar()
          : thing.kind === 'tgz'
            ? gzipSync(tar())
            : zipSync(files, { level: thing.kind === 'zip' ? 6 : 0 })
      return {
        name,
        bytes,
        runs: members.flatMap((member) =>
          member.runs.map(([path, run]): [string, Uint8Array] => [`${name}/${path}`, run]),
        ),
      }
    }
  }
}

it('finds every whole run in an undamaged member, whatever lies beside it, and throws at nothing', async () => {
  await fc.assert(
    fc.asyncProperty(outer, async (thing) => {
      const { name, bytes, runs: expected } = write(thing, 0)
      const found = new Map<string, Uint8Array>()
      for await (const one of unpack(name, sourceOfBytes(bytes))) if (one.ok) found.set(one.path, one.bytes)
      for (const [path, run] of expected) {
        expect([...found.keys()]).toContain(path)
        expect(found.get(path)).toEqual(run)
      }
    }),
    { numRuns: 150 },
  )
})
