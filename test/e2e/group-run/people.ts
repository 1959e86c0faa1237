// A group with runners, made over HTTP as the page's person would, and where in the page each is.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'

export interface MadeGroup {
  readonly groupId: string
  readonly name: string
  /** First name to client id. */
  readonly clients: ReadonlyMap<string, string>
}

/** @param ceilings first name to calm ceiling, bpm */
export async function makeGroup(
  page: Page,
  url: string,
  name: string,
  ceilings: Readonly<Record<string, number>>,
): Promise<MadeGroup> {
  const ask = async <T>(method: 'GET' | 'POST' | 'PUT', path: string, data?: object): Promise<T> => {
    const response = await page.request.fetch(`${url}${path}`, { method, ...(data === undefined ? {} : { data }) })
    assert.ok(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`)
    return (await response.json()) as T
  }
  const { personId } = await ask<{ personId: string }>('GET', '/api/me')
  const { id: groupId } = await ask<{ id: string }>('POST', '/api/groups', { name })
  await ask('PUT', `/api/groups/${groupId}/staff`, { staff: [{ personId, role: 'therapist' }] })
  const clients = new Map<string, string>()
  for (const [firstName, manualCeilingBpm] of Object.entries(ceilings)) {
    const { id } = await ask<{ id: string }>('POST', '/api/clients', { firstName, birthYear: 1986, groupId })
    await ask('POST', `/api/clients/${id}/zones`, { inputs: { manualCeilingBpm }, reason: 'praattest' })
    clients.set(firstName, id)
  }
  return { groupId, name, clients }
}
