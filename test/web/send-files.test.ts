import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../fixtures/fit/made-runs.ts'
import type { LeftOfArchive } from '../../src/formats/left-files.ts'
import type { UploadResult } from '../../web/api/imports.ts'
import { sendFiles, type SendStep } from '../../web/screens/clients/client/upload/send-files.ts'

const run = (startTime: number) =>
  encodeRun(kinetics([{ forS: 60, targetBpm: 120, speedMPerS: 2, stepsPerMin: 150 }], 3), { startTime })
const fileOf = (name: string, bytes: Uint8Array) => new File([Uint8Array.from(bytes)], name)
const added = (file: File): UploadResult => ({
  file: file.name,
  part: null,
  result: 'added',
  runId: file.name,
  code: null,
  message: null,
  detail: null,
  verdict: 'calm',
  startedAtMs: 1e12,
  startOffsetS: 0,
  movingS: 60,
  asksDate: false,
})

async function sendAll(files: readonly File[], failAt = Infinity) {
  const batches: string[][] = []
  const steps: { results: string[]; left: readonly LeftOfArchive[]; doneShare: number }[] = []
  const send = async (batch: readonly File[]) => {
    if (batches.length === failAt) throw new Error('offline')
    batches.push(batch.map(({ name }) => name))
    return batch.map(added)
  }
  const failed = await (async () => {
    for await (const { results, ...step } of sendFiles(files, send, () => null))
      steps.push({ results: results.map(({ file, code, result }) => `${file} ${code ?? result}`), ...step })
    return false
  })().catch(() => true)
  return { batches, steps, failed }
}

describe('sendFiles', () => {
  it('opens archives here and sends what may be a run, in batches of twenty', async () => {
    const runs = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`activities/${i}.fit`, run(1e9 + i * 3600)]))
    const photos = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`media/${i}.jpg`, new Uint8Array(50)]))
    const zip = fileOf('export.zip', zipSync({ ...photos, ...runs, 'inner.zip': zipSync({ 'x.fit': run(2e9) }) }))
    const { batches, steps } = await sendAll([zip, fileOf('note.txt', new Uint8Array([104, 105, 32]))])
    expect(batches.map(({ length }) => length)).toEqual([20, 20, 6])
    expect(batches.at(-1)?.at(-1)).toBe('export.zip/inner.zip/x.fit')
    const told = steps.flatMap(({ results }) => results)
    expect(told.filter((line) => line.endsWith(' added'))).toHaveLength(46)
    // What is no run of an archive is counted, what was chosen by itself is told.
    expect(told.filter((line) => line.endsWith(' UNKNOWN_KIND'))).toEqual(['note.txt UNKNOWN_KIND'])
    expect(steps.at(-1)?.left).toMatchObject([{ archive: 'export.zip', counts: [{ code: 'UNKNOWN_KIND', count: 30 }] }])
    expect(steps.at(-1)?.left[0]?.counts[0]?.names[0]).toBe('export.zip/media/0.jpg')
    const shares = steps.map(({ doneShare }) => doneShare)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  it('keeps what was sent when the connection is lost in the middle', async () => {
    const files = Array.from({ length: 45 }, (_, i) => fileOf(`${i}.fit`, run(1e9 + i * 3600)))
    const { batches, steps, failed } = await sendAll(files, 2)
    expect([failed, batches.length, steps.flatMap(({ results }) => results).length]).toEqual([true, 2, 40])
  })

  it('counts what the server finds to be no run with the archive or the folder that it lay in', async () => {
    const notActivity = (file: File): UploadResult => ({
      ...added(file),
      result: 'not_usable',
      runId: null,
      code: 'NOT_ACTIVITY',
    })
    const routes = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`${i}.gpx`, new TextEncoder().encode('<gpx/>')]),
    )
    const inFolder = fileOf('b.fit', run(2e9))
    Object.defineProperty(inFolder, 'webkitRelativePath', { value: 'garmin/activities/b.fit' })
    const files = [fileOf('x.zip', zipSync(routes)), inFolder, fileOf('c.gpx', new TextEncoder().encode('<gpx/>'))]
    let last: SendStep | null = null
    const told: string[] = []
    for await (const step of sendFiles(
      files,
      async (batch) => batch.map(notActivity),
      () => null,
    )) {
      told.push(...step.results.map(({ file }) => file))
      last = step
    }
    expect(told).toEqual(['c.gpx'])
    expect(last?.left).toMatchObject([
      { archive: 'x.zip', counts: [{ code: 'NOT_ACTIVITY', count: 30 }] },
      { archive: 'garmin', counts: [{ code: 'NOT_ACTIVITY', count: 1 }] },
    ])
  })

  describe('where the server fails for one file', () => {
    const files = Array.from({ length: 25 }, (_, i) => fileOf(`${i}.fit`, run(1e9 + i * 3600)))
    const sendWith = async (isBad: (name: string) => boolean) => {
      const sizes: number[] = []
      const send = async (batch: readonly File[]) => {
        sizes.push(batch.length)
        if (batch.some(({ name }) => isBad(name))) throw new Error('trouble')
        return batch.map(added)
      }
      const results: UploadResult[] = []
      const failed = await (async () => {
        for await (const step of sendFiles(files, send, () => 'the server fails')) results.push(...step.results)
        return false
      })().catch(() => true)
      return { sizes, results, failed }
    }

    it('tells that one and sends all others', async () => {
      const { results, failed } = await sendWith((name) => name === '7.fit')
      expect(failed).toBe(false)
      expect(results.filter(({ result }) => result === 'added')).toHaveLength(24)
      expect(results.find(({ result }) => result === 'not_usable')).toMatchObject({
        file: '7.fit',
        message: 'the server fails',
      })
    })

    it('stops where it fails for all of them', async () => {
      const { sizes, failed } = await sendWith(() => true)
      expect([failed, sizes.length]).toEqual([true, 21])
    })
  })
})
