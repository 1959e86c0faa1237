// What one person, or nobody, sends to hold the memory or the turns of everybody: much, many, slowly, at once.
import { rmSync } from 'node:fs'
import { zipSync } from 'fflate'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { MAX_UPLOAD_PARTS, readFormData } from '../../../src/http/runs/read-upload.ts'
import { makeSpool } from '../../../src/node/spool-upload.ts'
import { encodeRun, kinetics, START, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { closeClinics, newFolder, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { addClient } from '../../support/clinic-work.ts'

let clinic: NodeClinic
let thea: Ask
let noor: string
beforeAll(async () => {
  clinic = await openClinic()
  thea = await joinFirst(clinic)
  noor = await addClient(thea, 'Noor')
})
afterAll(closeClinics)
afterEach(() => vi.useRealTimers())

/** A body that gives these bytes and then never ends; it counts how often it is asked for more. */
function endless(first: string) {
  const pulls = { count: 0, cancelled: false }
  let breakOff: () => void = () => undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        breakOff = () => controller.error(new Error('reset'))
      },
      pull: (controller) => {
        pulls.count++
        if (pulls.count > 1) return new Promise(() => undefined)
        controller.enqueue(new TextEncoder().encode(first))
        return undefined
      },
      cancel: () => {
        pulls.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  const init = {
    method: 'POST',
    body: stream,
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  } as RequestInit
  return { pulls, init, breakOff: () => breakOff() }
}
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code]

const publicPaths = ['/api/join', '/api/invitations/look', '/api/auth/sign-in/email']

describe('before anybody is signed in', () => {
  it.each(publicPaths)('%s takes no more than 16 kB', async (path) => {
    const body = { token: 'x'.repeat(16 * 1024), email: 'x' }
    expect(await codeOf(await clinic.ask(path, send('POST', body)))).toEqual([413, 'BODY_TOO_LARGE'])
    const unsaid = endless(JSON.stringify(body))
    expect(await codeOf(await clinic.ask(path, unsaid.init))).toEqual([413, 'BODY_TOO_LARGE'])
    expect(unsaid.pulls.cancelled).toBe(true)
  })

  it.each(publicPaths)('%s waits ten seconds for the end of what is sent', async (path) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const slow = endless('{"token":"')
    const answer = clinic.ask(path, slow.init)
    // The ten seconds are counted from the first look at the body, which is after the pace of its address was asked.
    while (slow.pulls.count === 0) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(9999)
    expect(slow.pulls.cancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await codeOf(await answer)).toEqual([408, 'BODY_TOO_SLOW'])
    expect(slow.pulls.cancelled).toBe(true)
  })

  it('not a byte is read for a route that needs a session', async () => {
    for (const path of ['/api/clients', `/api/clients/${noor}/notes`, `/api/clients/${noor}/runs`]) {
      const never = endless('{"text":"')
      expect(await codeOf(await clinic.ask(path, never.init))).toEqual([401, 'SIGNED_OUT'])
      expect(never.pulls.count).toBe(0)
    }
  })
})

describe('somebody who is signed in', () => {
  it('has a minute for a body', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const slow = endless('{"firstName":"')
    const answer = thea('/api/clients', slow.init)
    // The session is looked for before a byte is read.
    await expect.poll(() => slow.pulls.count).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await codeOf(await answer)).toEqual([408, 'BODY_TOO_SLOW'])
  })

  it('whose connection breaks is told so, and it is no fault of ours', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
    const init = { ...endless('').init, body: broken }
    expect(await codeOf(await thea('/api/clients', init))).toEqual([400, 'INVALID_REQUEST'])
  })

  it('has eight bodies read at a time; the rest are not begun, and others go on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const slow = Array.from({ length: 10 }, () => endless('{"firstName":"'))
    const answers = slow.map(({ init }) => thea('/api/clients', init))
    await expect.poll(() => slow.filter(({ pulls }) => pulls.count > 0).length).toBe(8)
    const { token } = (await (await thea(`/api/clients/${noor}/invitations`, { method: 'POST' })).json()) as {
      token: string
    }
    expect((await clinic.ask('/api/invitations/look', send('POST', { token }))).status).toBe(200)
    expect(slow.filter(({ pulls }) => pulls.count > 0).length).toBe(8)
    await vi.advanceTimersByTimeAsync(60_000)
    await expect.poll(() => slow.filter(({ pulls }) => pulls.count > 0).length).toBe(10)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([408]))
  })
})

const BOUNDARY = 'x-line'
const part = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n`
const bare = `--${BOUNDARY}\r\n\r\n\r\n`
const formOf = (one: string, count: number) =>
  new Request('http://localhost/x', {
    method: 'POST',
    body: `${one.repeat(count)}--${BOUNDARY}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  })

describe('an upload', () => {
  const folder = newFolder()
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['a file', part],
    ['nothing', bare],
  ])('of more parts than there may be is refused by both readers, whatever the parts: %s', async (_, one) => {
    const { read: spool } = makeSpool(folder)
    for (const read of [spool, readFormData])
      await expect(read(formOf(one, 100 * MAX_UPLOAD_PARTS))).rejects.toMatchObject({ code: 'TOO_MANY_ITEMS' })
  })

  it('of as many parts as there may be is read by both, whatever the pieces that it comes in', async () => {
    const named = part.replace('filename=""', 'filename="a.fit"')
    const whole = formOf(named, MAX_UPLOAD_PARTS)
    const bytes = new Uint8Array(await whole.clone().arrayBuffer())
    const inPieces = (size: number) =>
      new Request('http://localhost/x', {
        method: 'POST',
        headers: whole.headers,
        duplex: 'half',
        body: new ReadableStream({
          start: (controller) => {
            for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size))
            controller.close()
          },
        }),
      } as RequestInit)
    const { read: spool } = makeSpool(folder)
    for (const size of [bytes.length, 7])
      for (const read of [spool, readFormData]) {
        const form = await read(inPieces(size))
        expect(form.files.length).toBe(MAX_UPLOAD_PARTS)
        await form.release()
      }
    const more = formOf(named, MAX_UPLOAD_PARTS + 1)
    await expect(readFormData(more)).rejects.toMatchObject({ code: 'TOO_MANY_ITEMS' })
  })

  it('that brings nothing more is given up, and leaves nothing', async () => {
    const { read: spool } = makeSpool(folder, 50)
    const slow = endless(part.replace('filename=""', 'filename="a.fit"'))
    const request = new Request('http://localhost/x', {
      ...slow.init,
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    })
    await expect(spool(request)).rejects.toMatchObject({ code: 'BODY_TOO_SLOW' })
  })

  it('of a few kilobytes makes no answer of hundreds of megabytes', async () => {
    // Each of its 3,000 results told the 60,000 letters of the archive that it lies in: 180 MB of answer for 8 kB.
    const inside = zipSync(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}`, new Uint8Array()])))
    const zip = zipSync({ [`${'a'.repeat(60_000)}.zip`]: inside })
    const form = new FormData()
    form.append('files', new File([Uint8Array.from(zip)], 'a.zip'))
    const response = await thea(`/api/clients/${noor}/runs`, { method: 'POST', body: form })
    const answer = await response.text()
    expect([response.status, answer.length < 2_000_000]).toEqual([200, true])
    const { results, left } = JSON.parse(answer) as { results: unknown[]; left: { counts: { count: number }[] }[] }
    expect([results.length, left[0]?.counts[0]?.count]).toEqual([20, 2980])
    const all = await thea(`/api/clients/${noor}/runs?all=true`, { method: 'POST', body: form })
    expect(((await all.json()) as { results: unknown[] }).results.length).toBe(3000)
  })

  it('waits for its turn behind two others of the same person; those of somebody else do not', async () => {
    const other = await openOther()
    const stuck = Array.from({ length: 3 }, () => {
      const { init, ...own } = endless(part)
      return {
        ...own,
        init: { ...init, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } },
      }
    })
    const answers = stuck.map(({ init }) => thea(`/api/clients/${noor}/runs`, init))
    await expect.poll(() => stuck.filter(({ pulls }) => pulls.count > 0).length).toBe(2)
    const form = new FormData()
    form.append(
      'files',
      new File([Uint8Array.from(encodeRun(kinetics(walkRun, 1).slice(0, 300), { startTime: START }))], 'a.fit'),
    )
    const response = await other.ask(`/api/clients/${other.clientId}/runs`, { method: 'POST', body: form })
    expect(response.status).toBe(200)
    expect(stuck.filter(({ pulls }) => pulls.count > 0).length).toBe(2)
    for (const { breakOff } of stuck) breakOff()
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([400, 400, 400])
  })
})

/** Noor herself. */
async function openOther(): Promise<{ ask: Ask; clientId: string }> {
  const invited = await thea(`/api/clients/${noor}/invitations`, { method: 'POST' })
  const { token } = (await invited.json()) as { token: string }
  return { ask: await join(clinic.ask, token, 'noor@example.org'), clientId: noor }
}
