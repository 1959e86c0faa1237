// A fresh clinic in workerd: a host name is a clinic, so a new one has a database of its own. The first administrator's code is
// in the log of a Worker, and nowhere else.
import { SELF } from 'cloudflare:test'
import { expect, vi } from 'vitest'
import type { NewClinic } from '../support/sign-in.ts'

let clinics = 0

/** As a page does: what changes something says where it comes from. */
const askingAt =
  (host: string): NewClinic['ask'] =>
  async (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (init.method !== undefined && !headers.has('origin')) headers.set('origin', `https://${host}`)
    return SELF.fetch(`https://${host}${path}`, { ...init, headers })
  }

export async function openNew(): Promise<NewClinic & { readonly host: string }> {
  const host = `clinic-${++clinics}.test`
  const ask = askingAt(host)
  const told = vi.spyOn(console, 'log').mockReturnValue(undefined)
  try {
    expect((await ask('/readyz')).status).toBe(200)
    expect(told.mock.calls).toEqual([[expect.stringMatching(firstLine)]])
    return { ask, firstToken: firstLine.exec(String(told.mock.calls[0]?.[0]))?.[1] ?? '', host }
  } finally {
    told.mockRestore()
  }
}

/** What the log of a Worker says of a clinic where nobody can sign in yet. */
const firstLine = /^\{.*"event":"server\.first_administrator".*"url":"\/join#([\w-]{32})"\}$/
