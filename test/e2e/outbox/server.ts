// The page of the outbox tests, bundled into a folder of its own, and a small server that takes batches as the real one does
// but can lose, double, delay and forget.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { NumberedBatch } from '../../../src/formats/phone-recording/batch.ts'
import { isWhole } from '../../../src/formats/phone-recording/stream-file.ts'

/** What becomes of the next requests. Of all of them: `lose` before they are read, `lose_answer` after; `late` comes in after
 *  the next one; `page` is answered by somebody in between. Of one runner, `ONE`: refused for good, trouble in the answer, or
 *  a whole request that fails because it names them. Of one batch, `ASIDE`: not understood. `few`: no more than three. */
export const badWays = [
  'lose',
  'lose_answer',
  'late',
  'double',
  'trouble',
  'signed_out',
  'refuse',
  'page',
  'few',
  'refuse_one',
  'trouble_one',
  'fail_one',
  'dislike',
] as const
export type Way = (typeof badWays)[number] | 'well'
/** Ways that concern one runner or one batch: everything else must come through at once. */
export const narrowWays: readonly Way[] = ['few', 'refuse_one', 'trouble_one', 'fail_one', 'dislike']
export const ONE = 'mo'
export const ASIDE = { participationId: 'bo', number: 2 } as const

interface Body {
  readonly recorderId: string
  readonly participations: readonly { readonly id: string }[]
  readonly batches: readonly { readonly participationId: string; readonly number: number; readonly bytes: string }[]
}

export interface BatchServer {
  readonly url: string
  /** What arrived, by participation. */
  readonly arrived: Map<string, Map<number, NumberedBatch>>
  /** What a client must never do, as sentences. */
  readonly faults: string[]
  way: Way
  readonly close: () => Promise<void>
}

/** @param folder where the bundle goes */
export async function openBatchServer(folder: string): Promise<BatchServer> {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false } },
  })
  const arrived: BatchServer['arrived'] = new Map()
  const faults: string[] = []
  let late: (() => void)[] = []

  const take = ({ recorderId, batches }: Body) => {
    for (const { participationId, number, bytes } of batches) {
      const own = arrived.get(participationId) ?? new Map<number, NumberedBatch>()
      const before = own.get(number)
      const batch = { recorderId, number, bytes: Uint8Array.from(Buffer.from(bytes, 'base64')) }
      if (before !== undefined && !Buffer.from(before.bytes).equals(Buffer.from(batch.bytes)))
        faults.push(`batch ${number} of ${participationId} came twice, and not the same`)
      arrived.set(participationId, own.set(number, batch))
    }
    for (const work of late.splice(0)) work()
  }
  const answerOf = ({ participations, batches }: Body) => ({
    receivedAtMs: Date.now(),
    acknowledged: batches.map(({ participationId, number }) => ({ participationId, number })),
    refused: [],
    participations: participations.map(({ id }) => {
      const own = [...(arrived.get(id)?.values() ?? [])]
      const highest = Math.max(0, ...own.map(({ number }) => number))
      const missing = Array.from({ length: highest }, (_, i) => i + 1).filter((n) => !arrived.get(id)?.has(n))
      return { id, state: isWhole(own) ? 'arriving' : 'composed_incomplete', runId: null, missing }
    }),
  })

  /** @returns whether it has answered, or not at all */
  const misbehave = (way: Way, body: Body, request: IncomingMessage, response: ServerResponse): boolean => {
    const names = (id: string) => body.participations.some((one) => one.id === id)
    const dislikes = body.batches.some(
      ({ participationId, number }) => participationId === ASIDE.participationId && number === ASIDE.number,
    )
    const say = (status: number, answer: object): true => (sendJson(response, status, answer), true)
    switch (way) {
      case 'trouble':
        return say(500, { code: 'INTERNAL' })
      case 'signed_out':
        return say(401, { code: 'SIGNED_OUT' })
      case 'page':
        response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>busy</h1>')
        return true
      case 'few':
        return body.batches.length > 3 && say(400, { code: 'INVALID_REQUEST' })
      case 'fail_one':
        return names(ONE) && say(500, { code: 'INTERNAL' })
      case 'dislike':
        return dislikes && say(400, { code: 'INVALID_REQUEST' })
      case 'refuse':
        return say(
          200,
          refusing(body, () => true, 'NOT_FOUND'),
        )
      case 'refuse_one':
        return say(
          200,
          refusing(body, (id) => id === ONE, 'NOT_FOUND'),
        )
      case 'trouble_one':
        return say(
          200,
          refusing(body, (id) => id === ONE, 'TROUBLE'),
        )
      case 'late':
        late = [...late, () => take(body)]
        request.destroy()
        return true
      case 'lose_answer':
        take(body)
        request.destroy()
        return true
      case 'double':
        take(body)
        return false
      case 'lose':
      case 'well':
        return false
    }
  }
  /** Takes the others. */
  const refusing = (body: Body, isRefused: (id: string) => boolean, code: string) => {
    const taken: Body = {
      ...body,
      participations: body.participations.filter(({ id }) => !isRefused(id)),
      batches: body.batches.filter(({ participationId }) => !isRefused(participationId)),
    }
    take(taken)
    const refused = body.participations
      .filter(({ id }) => isRefused(id))
      .map(({ id }) => ({ participationId: id, number: null, code }))
    return { ...answerOf(taken), refused }
  }

  const server = createServer((request, response) => {
    void (async () => {
      if (request.method !== 'POST') return sendFile(folder, request, response)
      const { way } = held
      if (way === 'lose') return request.destroy()
      const body = JSON.parse(await text(request)) as Body
      if (misbehave(way, body, request, response)) return undefined
      take(body)
      return sendJson(response, 200, answerOf(body))
    })()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const held: BatchServer = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    arrived,
    faults,
    way: 'well',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return held
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function sendFile(folder: string, { url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = url === '/' ? '/index.html' : url
  const bytes = await readFile(join(folder, name)).catch(() => null)
  const type = name.endsWith('.js') ? 'text/javascript' : 'text/html'
  response.writeHead(bytes === null ? 404 : 200, { 'content-type': type }).end(bytes ?? 'nothing here')
}
