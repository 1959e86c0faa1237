import { expect, it } from 'vitest'
import type { UploadResult } from '../../web/api/imports.ts'
import { toOutcome } from '../../web/screens/clients/client/upload/upload-outcome.ts'

const of = (
  file: string,
  result: UploadResult['result'],
  code: string | null = null,
  detail: string | null = null,
) => ({
  file,
  part: null,
  result,
  runId: code === null ? file : null,
  code,
  message: code,
  detail,
  verdict: null,
  startedAtMs: null,
  startOffsetS: null,
  movingS: null,
  asksDate: false,
})

it('counts each file once, by what a person does with it', () => {
  const { counts, failed, noRuns, runs, near, there } = toOutcome(
    [
      of('a.fit', 'added'),
      of('b.fit', 'near_duplicate'),
      of('c.fit', 'already_there'),
      of('x.zip/d.gpx', 'not_usable', 'NOT_GPX'),
      of('x.zip/e.gpx', 'not_usable', 'TIMES_UNREADABLE', '1/2/26'),
      of('x.zip/f.gpx', 'not_usable', 'TIMES_UNREADABLE', '3/4/26'),
      of('x.zip', 'not_usable', 'ARCHIVE_BROKEN'),
      of('sleep.fit', 'not_usable', 'NOT_ACTIVITY'),
      of('photo.jpg', 'not_usable', 'UNKNOWN_KIND'),
    ],
    [
      {
        archive: 'x.zip',
        counts: [
          { code: 'UNKNOWN_KIND', count: 300, names: ['x.zip/1.jpg'] },
          { code: 'NOT_GPX', count: 7, names: ['x.zip/g.gpx'] },
        ],
      },
    ],
  )
  expect(counts).toEqual({ read: 2, near: 1, there: 1, failed: 11, broken: 1, noRun: 301 })
  expect([runs, near, there].map((some) => some.map(({ file }) => file))).toEqual([['a.fit'], ['b.fit'], ['c.fit']])
  expect(failed.map(({ code, detail, count, files }) => [code, detail, count, files.length])).toEqual([
    ['NOT_GPX', null, 8, 2],
    ['TIMES_UNREADABLE', '1/2/26', 1, 1],
    ['TIMES_UNREADABLE', '3/4/26', 1, 1],
    ['ARCHIVE_BROKEN', null, 1, 1],
    ['UNKNOWN_KIND', null, 1, 1],
  ])
  expect(noRuns.map(({ archive, reasons }) => [archive, reasons.map(({ count }) => count)])).toEqual([
    [null, [1]],
    ['x.zip', [300]],
  ])
})

it('groups what the server told in words alone by those words', () => {
  const alone = (file: string, message: string): UploadResult => ({
    ...of(file, 'not_usable', 'x'),
    code: null,
    message,
  })
  const { failed } = toOutcome([alone('a', 'too large'), alone('b', 'too large'), alone('c', 'other')], [])
  expect(failed.map(({ message, count }) => [message, count])).toEqual([
    ['too large', 2],
    ['other', 1],
  ])
})
