// The page of the outbox tests, bundled into a folder of its own, and a small server that takes batches as the real one does
// but can lose, double, delay and forget.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { isWhole, type NumberedBatch } from '../../../src/formats/runner-stream/stream-file.ts'

/** What becomes of the next requests: `lose` before they are read, `lose_answer` after; `late` comes in after the next one. */
export const badWays = ['lose', 'lose_answer', 'late', 'double', 'trouble', 'signed_out', 'refuse'] as const
export type Way = (typeof badWays)[number] | 'well'

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

  const server = createServer((request, response) => {
    void (async () => {
      if (request.method !== 'POST') return sendFile(folder, request, response)
      const { way } = held
      if (way === 'lose') return request.destroy()
      const body = JSON.parse(await text(request)) as Body
      if (way === 'trouble') return sendJson(response, 500, { code: 'INTERNAL' })
      if (way === 'signed_out') return sendJson(response, 401, { code: 'SIGNED_OUT' })
      if (way === 'refuse') {
        const refused = body.batches.map(({ participationId }) => ({
          participationId,
          number: null,
          code: 'NOT_FOUND',
        }))
        return sendJson(response, 200, { ...answerOf({ ...body, batches: [] }), refused })
      }
      if (way === 'late') late = [...late, () => take(body)]
      else take(body)
      if (way === 'double') take(body)
      if (way === 'late' || way === 'lose_answer') return request.destroy()
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
  response.writeHead(bytes === null ? 404 : 200, { 'content-type': type }).end(bytes)
}
