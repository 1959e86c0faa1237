// Damaged files of every kind that is read, through the whole service: each has its own fate, and whatever is taken can be
// looked at and taken away again. Nothing is ever an error of ours.
import { gzipSync, zipSync } from 'fflate'
import { afterAll, expect, it, vi } from 'vitest'
import { seeded } from '../../../fixtures/fit/made-runs.ts'
import { fitFixtures } from '../../../fixtures/fit/files.ts'
import { xmlFixtures } from '../../../fixtures/xml/files.ts'
import { exportFormats } from '../../../src/formats/export/write-export.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import { writeStreamFile } from '../../../src/formats/phone-recording/stream-file.ts'
import { addClient, read, upload } from '../../support/clinic-work.ts'
import { damage } from '../../support/mutations.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst, type Ask } from '../../support/sign-in.ts'
import { madeStream } from '../../support/stream.ts'

afterAll(closeClinics)

const SEEDS = 400
const MOST_BYTES = 60_000

const stream = (lengthS: number, shiftMs: number): Uint8Array =>
  writeStreamFile([
    {
      recorderId: 'phone',
      number: 1,
      bytes: encodeBatch(
        madeStream(lengthS, (s) => 100 + (s % 60)).map((one) => ({ ...one, atMs: one.atMs + shiftMs })),
      ),
    },
  ])

const whole: readonly (readonly [string, Uint8Array])[] = [
  ...Object.entries(fitFixtures).map(([name, { make }]) => [`${name}.fit`, make()] as const),
  ...Object.entries(xmlFixtures).map(([name, { make }]) => [name, make()] as const),
  ...[0, 8e15, -1.7e12, 2.4e14, 8.2e12].map((shiftMs, i) => [`${i}.cprs`, stream(200, shiftMs)] as const),
].filter(([, bytes]) => bytes.length <= MOST_BYTES && bytes.length > 0)

const wrapped = (seed: number, name: string, bytes: Uint8Array): readonly [string, Uint8Array] => {
  if (seed % 5 === 0) return [`${name}.zip`, damage(zipSync({ [name]: bytes }), seeded(seed + 1)).bytes]
  if (seed % 7 === 0) return [`${name}.gz`, damage(gzipSync(bytes), seeded(seed + 1)).bytes]
  return [name, bytes]
}

async function expectShown(ask: Ask, runId: string): Promise<void> {
  const paths = ['', '/series', '/file', ...exportFormats.map((format) => `/exports/${format}`)]
  for (const path of paths) {
    const response = await ask(`/api/runs/${runId}${path}`)
    await response.arrayBuffer()
    // 409: nobody has said when it was.
    expect([path, [200, 409].includes(response.status) ? 200 : response.status]).toEqual([path, 200])
  }
}

it('gives each damaged file a word of its own, and shows what it took', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const clinic = await openClinic()
  const thea = await joinFirst(clinic)
  let taken = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seeded(seed)
    const [name, bytes] = whole[Math.floor(random() * whole.length)] ?? ['', new Uint8Array()]
    const [sentName, sent] = wrapped(seed, name, damage(bytes, random).bytes)
    // Of every ten files one client: their history is judged as one.
    const client = seed % 10 === 1 ? await addClient(thea, `Loper ${seed}`) : lastClient
    lastClient = client
    const results = await upload(thea, client, { [sentName]: Uint8Array.from(sent) })
    expect([seed, results.length > 0, results.filter(({ code }) => code === 'NOT_TAKEN')]).toEqual([seed, true, []])
    for (const { runId } of results)
      if (runId !== null) {
        taken++
        await expectShown(thea, runId)
      }
    if (seed % 10 === 0)
      for (const path of ['/patterns', '/runs', '/flags']) await read(thea(`/api/clients/${client}${path}`))
  }
  expect(taken).toBeGreaterThan(SEEDS / 4)
  expect(logged.mock.calls).toEqual([])
})
let lastClient = ''

it('refuses a damaged archive of a client with a code, or takes it whole', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const clinic = await openClinic()
  const thea = await joinFirst(clinic)
  const noor = await addClient(thea)
  await upload(thea, noor, {
    'a.fit': Uint8Array.from(fitFixtures['calm-run'].make()),
    'b.cprs': Uint8Array.from(stream(300, 0)),
  })
  const zip = new Uint8Array(await (await thea(`/api/clients/${noor}/data.zip`)).arrayBuffer())
  const bram = await addClient(thea, 'Bram')
  const statuses = new Set<number>()
  for (let seed = 1; seed <= 60; seed++) {
    const form = new FormData()
    form.append('files', new File([Uint8Array.from(damage(zip, seeded(seed)).bytes)], 'x.zip'))
    const response = await thea(`/api/clients/${bram}/import`, { method: 'POST', body: form })
    statuses.add(response.status)
    expect([seed, [200, 422].includes(response.status)]).toEqual([seed, true])
  }
  expect(statuses.has(422)).toBe(true)
  expect(logged.mock.calls).toEqual([])
})
