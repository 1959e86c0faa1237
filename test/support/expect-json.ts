// An answer as it should be: its status, then its body.
import { expect } from 'vitest'

export async function expectJson<T>(response: Response | Promise<Response>, status = 200): Promise<T> {
  const settled = await response
  const text = await settled.text()
  expect([settled.status, settled.status === status ? '' : text]).toEqual([status, ''])
  return (text === '' ? null : JSON.parse(text)) as T
}
