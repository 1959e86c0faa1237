// The HTTP contract of uploads, for both runtimes.
import { gzipSync, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../../fixtures/fit/made-runs.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import { writeStreamFile } from '../../../src/formats/phone-recording/stream-file.ts'
import { send } from '../../support/sign-in.ts'
import { addClient, formOf, read, upload, openAs, type Result, type Runtime } from '../../support/asking.ts'

const told = (results: readonly Result[]) => results.map(({ file, result, code }) => [file, code ?? result])

/** `toEqual` compares megabytes one value at a time, for seconds. */
const sameBytes = (got: ArrayBuffer, wanted: Uint8Array) =>
  got.byteLength === wanted.length && new Uint8Array(got).every((byte, i) => byte === wanted[i])

export function uploadsContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const { fixture } = runtime

  it('knows a file that comes twice, and marks a near duplicate for a person', async () => {
    const request = await open()
    const client = await addClient(request)
    const [first] = await upload(request, client, { 'a.fit': fixture('calm-run') })
    const again = await upload(request, client, {
      'b.fit': fixture('calm-run'),
      'c.fit.gz': gzipSync(fixture('calm-run')),
    })
    expect(again.map(({ result, runId }) => [result, runId])).toEqual([
      ['already_there', first?.runId],
      ['already_there', first?.runId],
    ])
    const when = ({ startedAtMs, startOffsetS, movingS }: Result) => [startedAtMs, startOffsetS, movingS]
    expect(again.map(when)).toEqual([first, first].map((one) => one && when(one)))
    expect(first?.startedAtMs).toBeGreaterThan(0)
    const [near] = await upload(request, client, { 'watch.fit': fixture('near-duplicate') })
    expect(near?.result).toBe('near_duplicate')
    const path = `/api/runs/${near?.runId}`
    expect(await read(request(path))).toMatchObject({ nearDuplicateOf: first?.runId })
    expect(await read(request(path, send('PATCH', { nearDuplicateOf: null })))).toMatchObject({ nearDuplicateOf: null })
    await read(request(path, { method: 'DELETE' }), 204)
    await read(request(path), 404)
    expect((await upload(request, client, { 'watch.fit': fixture('near-duplicate') }))[0]?.result).toBe(
      'near_duplicate',
    )
  })

  it('refuses a form without a file, and one with a part that it would pass over, in words', async () => {
    const request = await open()
    const path = `/api/clients/${await addClient(request)}/runs`
    const part = (name: string, filename: string | null, text = 'abc') =>
      `--b\r\ncontent-disposition: form-data; name="${name}"${filename === null ? '' : `; filename="${filename}"`}\r\n\r\n${text}\r\n`
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    for (const [parts, said] of [
      ['', /files/],
      [part('files', null), /files: a part without a filename/],
      [part('plannedMin', null, '30'), /files: at least one/],
      [part('files', 'a.fit') + part('files', null), /files: a part without a filename/],
      [part('files', 'a.fit') + part('planned', null, '30'), /planned.*: this takes files and plannedMin/],
    ] as const) {
      const problem = await read(request(path, { method: 'POST', headers, body: `${parts}--b--\r\n` }), 400)
      expect(problem).toMatchObject({ code: 'INVALID_REQUEST' })
      expect(parts === '' || said.test(JSON.stringify(problem))).toBe(true)
    }
    const asJson = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    expect(await read(request(path, asJson), 415)).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
    expect(await read(request(path))).toMatchObject({ items: [] })
  })

  it('gives each activity of a file a run of its own', async () => {
    const request = await open()
    const results = await upload(request, await addClient(request), { 'two.fit': fixture('two-activities') })
    expect(results.map(({ part, result }) => [part, result])).toEqual([
      [1, 'added'],
      [2, 'added'],
    ])
  })

  it('tells each unusable file why, while the others of the upload land', async () => {
    const request = await open()
    const client = await addClient(request)
    const bomb = zipSync({ 'big.fit': new Uint8Array(65 * 1024 * 1024), 'run.fit': fixture('too-hard-run') })
    const results = await upload(request, client, {
      'settings.fit': fixture('settings'),
      'sleep.fit': fixture('sleep'),
      'text.fit': new TextEncoder().encode('this is no watch file'),
      'empty.fit': new Uint8Array(),
      'photo.jpg': Uint8Array.from([1, 2, 3, 4]),
      'bomb.zip': bomb,
      'calm-run.fit': fixture('calm-run'),
    })
    expect(told(results)).toEqual([
      ['settings.fit', 'NOT_ACTIVITY'],
      ['sleep.fit', 'NOT_ACTIVITY'],
      ['text.fit', 'NOT_FIT'],
      ['empty.fit', 'EMPTY'],
      ['photo.jpg', 'UNKNOWN_KIND'],
      ['bomb.zip/big.fit', 'TOO_LARGE'],
      ['bomb.zip/run.fit', 'added'],
      ['calm-run.fit', 'near_duplicate'],
    ])
    expect(results.every(({ code, message }) => (code === null) === (message === null))).toBe(true)
  })

  it('counts what the parts of an archive hold beside runs, and lists it where that is asked for', async () => {
    const request = await open()
    const client = await addClient(request)
    const settings = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`s${i}.fit`, fixture('settings')]))
    const part1 = zipSync({ ...settings, 'a.json': new Uint8Array(9), 'run.fit': fixture('calm-run') })
    const part2 = zipSync({ 'run.fit': fixture('too-hard-run'), 'broken.fit': new Uint8Array(20) })
    const zip = { 'export.zip': zipSync({ 'Part1.zip': part1, 'Part2.zip': part2 }) }
    const path = `/api/clients/${client}/runs`
    const answer = await read<{ results: Result[]; left: unknown[] }>(
      request(path, { method: 'POST', body: formOf(zip) }),
    )
    expect(told(answer.results)).toEqual([
      ['export.zip/Part1.zip/run.fit', 'added'],
      ['export.zip/Part2.zip/run.fit', 'near_duplicate'],
      ['export.zip/Part2.zip/broken.fit', 'NOT_FIT'],
    ])
    expect(answer.left).toMatchObject([
      {
        archive: 'export.zip/Part1.zip',
        counts: [
          { code: 'NOT_ACTIVITY', count: 50 },
          { code: 'UNKNOWN_KIND', count: 1 },
        ],
      },
    ])
    const all = await read<typeof answer>(request(`${path}?all=true`, { method: 'POST', body: formOf(zip) }))
    expect([all.results.length, all.left]).toEqual([54, []])
  })

  it('reads the file behind one that is dated beyond the calendar', async () => {
    const request = await open()
    const client = await addClient(request)
    const dated = (startMs: number) =>
      encodeBatch([
        { kind: 'start', atMs: startMs },
        { kind: 'stop', atMs: startMs + 1000 },
      ])
    const beyond = writeStreamFile([{ recorderId: 'p', number: 1, bytes: dated(8.9e15) }])
    const results = await upload(request, client, { 'a.cprs': beyond, 'b.fit': fixture('calm-run') })
    expect(told(results)).toEqual([
      ['a.cprs', 'NO_DATA'],
      ['b.fit', 'added'],
    ])
  })

  it('takes a file of more than a megabyte, kept in parts and given back whole', async () => {
    const request = await open()
    const client = await addClient(request)
    const day = [{ forS: 120_000, targetBpm: 118, speedMPerS: 1.5, stepsPerMin: 110 }]
    const bytes = encodeRun(kinetics(day, 9))
    expect(bytes.length).toBeGreaterThan(1_050_000)
    const [result] = await upload(request, client, { 'long.fit': bytes })
    expect(result?.result).toBe('added')
    const file = await request(`/api/runs/${result?.runId}/file`)
    expect(sameBytes(await file.arrayBuffer(), bytes)).toBe(true)
    expect(await read(request(`/api/runs/${result?.runId}`))).toMatchObject({ samples: 120_000, elapsedS: 119_999 })
  })

  it('shows a hundred and twenty runs at once: more than a statement of a Durable Object takes values', async () => {
    const request = await open()
    const client = await addClient(request)
    const seconds = kinetics([{ forS: 320, targetBpm: 120, speedMPerS: 2, stepsPerMin: 150 }], 3)
    const files = Array.from({ length: 120 }, (_, i) => [
      `${i}.fit`,
      encodeRun(seconds, { startTime: START - i * 86_400 }),
    ])
    await upload(request, client, Object.fromEntries(files) as Record<string, Uint8Array>)
    const { items } = await read<{ items: object[] }>(request(`/api/clients/${client}/runs?limit=200`))
    expect(items).toHaveLength(120)
    await read(request(`/api/clients/${client}/patterns`))
  })
}
