// What an erase says of the server's files: the truth, also where they cannot be written anew at this moment.
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { addClient, read } from '../support/clinic-work.ts'
import { readLog } from '../support/log-lines.ts'
import { closeClinics, openClinic } from '../support/node-clinic.ts'
import { joinFirst, send, type Ask } from '../support/sign-in.ts'

afterAll(closeClinics)
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue(undefined))
afterEach(() => vi.restoreAllMocks())
const logged = () => vi.mocked(console.error).mock.calls.flatMap(([line]) => readLog(String(line)))

async function erase(ask: Ask): Promise<readonly [number, string]> {
  const clientId = await addClient(ask, 'Wilhelmina')
  const answer = await ask(`/api/clients/${clientId}`, send('DELETE', { confirmation: 'Wilhelmina' }))
  await read(ask(`/api/clients/${clientId}`), 404)
  return [answer.status, await answer.text()]
}

it('nothing is left of a small clinic: 204, and no line', async () => {
  expect(await erase(await joinFirst(await openClinic()))).toEqual([204, ''])
  expect(logged()).toEqual([])
})

it('a large clinic is written anew later, and says so', async () => {
  expect(await erase(await joinFirst(await openClinic({ smallBytes: 0 })))).toEqual([
    200,
    '{"copiesLeft":"until_rewritten"}',
  ])
  expect(logged()).toEqual([])
})

it('where somebody reads the file at this moment, the answer and a line of the log say so, without a name', async () => {
  const clinic = await openClinic()
  const ask = await joinFirst(clinic)
  const reader = new DatabaseSync(join(clinic.folder, 'calmpace.sqlite'), { readOnly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from client').get()
  expect(await erase(ask)).toEqual([200, '{"copiesLeft":"until_rewritten"}'])
  reader.close()
  expect(logged()).toMatchObject([{ event: 'files.not_rewritten', level: 'warn', cause: { code: 'BEING_READ' } }])
  expect(JSON.stringify(logged())).not.toContain('Wilhelmina')
})
