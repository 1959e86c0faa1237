// A copy is put back that still holds who was erased since: whom, nobody needs to have written down.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { backup } from '../../src/cli/backup.ts'
import { eraseAgain } from '../../src/cli/erase-again.ts'
import { verify } from '../../src/cli/verify-audit.ts'
import { addClient, read } from '../support/clinic-work.ts'
import { closeClinics, newFolder, openClinic } from '../support/node-clinic.ts'
import { join as joinBy, joinFirst, send } from '../support/sign-in.ts'

afterAll(closeClinics)

const silent = () => undefined
const holds = (folder: string, word: string) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(word))

async function run(copy: string, stopped: string): Promise<readonly [code: number, ...said: string[]]> {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  return [await eraseAgain(copy, stopped, Date.now(), say, say), ...said]
}

it('erases in a copy whom the database that ran until then has erased since, and nobody else', async () => {
  const clinic = await openClinic()
  const staff = await joinFirst(clinic)
  const [anna, wil] = [await addClient(staff, 'Annabella'), await addClient(staff, 'Wilhelmina')]
  const { token } = await read<{ token: string }>(staff(`/api/clients/${wil}/invitations`, { method: 'POST' }), 201)
  const own = await joinBy(clinic.ask, token, 'wil@example.org', { name: 'Wilhelmina' })
  // She asked for somebody else, who is there to stay.
  expect((await own(`/api/clients/${anna}`)).status).toBe(404)
  const copy = join(newFolder(), 'data')
  mkdirSync(copy, { mode: 0o700 })
  expect(backup(clinic.folder, join(copy, 'calmpace.sqlite'), silent, silent)).toBe(0)
  await read(staff(`/api/clients/${wil}`, send('DELETE', { confirmation: 'Wilhelmina' })), 204)
  await addClient(staff, 'Cornelia')
  await clinic.store.close()
  expect(holds(copy, 'Wilhelmina')).toBe(true)

  // Another clinic's database, and one from before the copy, tell of nobody.
  const other = await openClinic()
  await addClient(await joinFirst(other), 'Dirkje')
  const [code, said] = await run(copy, other.folder)
  expect([code, said]).toEqual([1, expect.stringMatching(/nobody was erased$/)])
  expect(holds(copy, 'Wilhelmina')).toBe(true)
  expect((await run(copy, join(copy, 'nothing')))[0]).toBe(1)

  expect(await run(copy, clinic.folder)).toEqual([0, 'erased again: 1'])
  for (const word of ['Wilhelmina', 'wil@example.org', wil]) expect([word, holds(copy, word)]).toEqual([word, false])
  expect(holds(copy, 'Annabella')).toBe(true)
  expect(await verify(copy, silent, silent)).toBe(0)
  // Once more, after the copy went on by itself: whoever is new there is nobody who was erased.
  const again = await openClinic({ folder: copy })
  await again.store.atomically((db) =>
    db
      .insertInto('client')
      .values({ id: 'new', first_name: 'Berend', birth_year: 1986, watch_level: 'standard', created_at_ms: 1 })
      .execute(),
  )
  await again.store.close()
  expect(await run(copy, clinic.folder)).toEqual([0, 'erased again: 0'])
  expect(holds(copy, 'Berend')).toBe(true)
})
