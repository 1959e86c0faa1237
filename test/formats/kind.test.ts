import { describe, expect, it } from 'vitest'
import { kindOf, mayHoldRun } from '../../src/formats/kind.ts'
import { readFile } from '../../src/formats/read-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('kindOf', () => {
  it.each([
    ['run.tcx', '<?xml version="1.0"?>\n<gpx version="1.1">', 'gpx'],
    ['run.fit', '\uFEFF\n<!-- made by hand --><x:TrainingCenterDatabase xmlns:x="y">', 'tcx'],
    ['run.gpx', 'hello', 'gpx'],
    ['run.TCX.gz', '', 'tcx'],
    ['run.xml', '<kml/>', 'other'],
    ['readme.txt', 'a file of <gpx/> kind', 'other'],
  ])('tells %s by its bytes, then by its name', (name, text, kind) => {
    expect(kindOf(name, bytes(text))).toBe(kind)
  })

  it('knows GPX in UTF-16', () => {
    expect(kindOf('x', Uint8Array.from([0xff, 0xfe, ...[...bytes('<gpx>')].flatMap((byte) => [byte, 0])]))).toBe('gpx')
  })
})

describe('mayHoldRun', () => {
  it('opens run files and zips, and no pictures or tables', () => {
    const names = ['a.fit', 'a.FIT.gz', 'a.tcx', 'a.gpx.gz', 'a.zip', 'a.jpg', 'a.csv', 'a.gpx.txt']
    expect(names.filter((name) => mayHoldRun(name))).toEqual(['a.fit', 'a.FIT.gz', 'a.tcx', 'a.gpx.gz', 'a.zip'])
  })
})

describe('readFile', () => {
  it.each([
    ['x.tcx', 'NOT_TCX'],
    ['x.gpx', 'NOT_GPX'],
    ['x.fit', 'NOT_FIT'],
    ['x', 'NOT_FIT'],
  ])('tells of %s with no meaning in it what it wanted to be', (name, code) => {
    expect(readFile(name, bytes('no watch wrote this'))).toEqual({ ok: false, code })
  })
})
