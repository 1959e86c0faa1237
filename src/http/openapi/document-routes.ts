// Routes of the API's description, as OpenAPI and as a page. It is made once, because that takes tenths of a second.
// Nobody needs to sign in.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { newRouter } from '../app-context.ts'
import { tagOf } from '../conditional.ts'
import { renderDocs } from './docs.ts'
import { guarded } from '../guard.ts'
import { json } from '../schemas.ts'

const tell = createRoute({
  ...guarded('public'),
  method: 'get',
  path: '/api/openapi.json',
  responses: { 200: json(z.record(z.string(), z.unknown()), 'This document') },
})
const show = createRoute({
  ...guarded('public'),
  method: 'get',
  path: '/api/docs',
  responses: {
    200: { description: 'This document as a page', content: { 'text/html': { schema: { type: 'string' } } } },
  },
})

interface Served {
  readonly text: string
  readonly etag: string
}

/** @param makeDocument asked at the first request: by then all routes are there
 *  @param isSecure whether it came by https: cookies have another name then */
export function documentRoutes(makeDocument: (secure: boolean) => object, isSecure: (c: Context) => boolean) {
  const documents = new Map<boolean, Promise<{ readonly json: Served; readonly page: Served }>>()
  const made = (c: Context) => {
    const secure = isSecure(c)
    const known = documents.get(secure) ?? make(makeDocument(secure))
    documents.set(secure, known)
    return known
  }
  return newRouter()
    .openapi(tell, async (c) => {
      const { text, etag } = (await made(c)).json
      return c.body(text, 200, { 'content-type': 'application/json', etag }) as never
    })
    .openapi(show, async (c) => {
      const { text, etag } = (await made(c)).page
      return c.html(text, 200, { etag })
    })
}

async function make(document: object): Promise<{ readonly json: Served; readonly page: Served }> {
  const text = JSON.stringify(document)
  return { json: await toServed(text), page: await toServed(renderDocs(JSON.parse(text))) }
}

const toServed = async (text: string): Promise<Served> => ({
  text,
  etag: await tagOf(Uint8Array.from(new TextEncoder().encode(text))),
})
