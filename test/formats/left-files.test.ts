import { describe, expect, it } from 'vitest'
import { countOf, LeftFiles } from '../../src/formats/left-files.ts'

const left = (archive: string | null, path: string, code: 'NOT_ACTIVITY' | 'UNKNOWN_KIND' | 'NOT_FIT') => ({
  archive,
  path,
  code,
})

describe('LeftFiles', () => {
  it('counts what is no run by archive and reason, and keeps the first names', () => {
    const files = new LeftFiles({ mostNames: 2 })
    for (let i = 0; i < 5; i++) expect(files.take(left('x.zip', `x.zip/${i}.fit`, 'NOT_ACTIVITY'))).toBe(false)
    expect(files.take(left('x.zip/in.zip', 'x.zip/in.zip/a.jpg', 'UNKNOWN_KIND'))).toBe(false)
    expect(files.lines).toEqual([
      { archive: 'x.zip', counts: [{ code: 'NOT_ACTIVITY', count: 5, names: ['x.zip/0.fit', 'x.zip/1.fit'] }] },
      { archive: 'x.zip/in.zip', counts: [{ code: 'UNKNOWN_KIND', count: 1, names: ['x.zip/in.zip/a.jpg'] }] },
    ])
  })

  it('tells what lies in no archive, and of problems the first of each kind and archive', () => {
    const files = new LeftFiles({ mostTold: 3 })
    expect(files.take(left(null, 'a.fit', 'NOT_ACTIVITY'))).toBe(true)
    const told = Array.from({ length: 10 }, (_, i) => files.take(left('x.zip', `x.zip/${i}`, 'NOT_FIT')))
    expect(told).toEqual([true, true, true, ...Array.from({ length: 7 }, () => false)])
    expect(files.lines.map(countOf)).toEqual([7])
  })

  it('tells everything where all is asked for', () => {
    const files = new LeftFiles({ mostTold: Infinity, isListing: true })
    const told = Array.from({ length: 1000 }, (_, i) => files.take(left('x.zip', `x.zip/${i}`, 'NOT_ACTIVITY')))
    expect([told.every(Boolean), files.lines]).toEqual([true, []])
  })

  it('keeps no more than some hundred lines, whatever comes, and loses no count', () => {
    const files = new LeftFiles()
    const COUNT = 20_000
    files.take(left('/tmp/x.zip', '/tmp/x.zip/a', 'UNKNOWN_KIND'))
    for (let i = 0; i < COUNT; i++) {
      files.take(left(`/tmp/x.zip/${i}.zip`, `/tmp/x.zip/${i}.zip/a`, 'UNKNOWN_KIND'))
      files.take(left(`/tmp/x.zip/${i}.zip`, `/tmp/x.zip/${i}.zip/b`, 'NOT_FIT'))
    }
    expect(files.lines.length).toBeLessThanOrEqual(501)
    const counts = files.lines.flatMap((line) => line.counts)
    expect(counts.filter(({ code }) => code === 'UNKNOWN_KIND').reduce((sum, { count }) => sum + count, 0)).toBe(
      COUNT + 1,
    )
    expect(files.lines.some(({ archive }) => archive === '…')).toBe(false)
  })
})
