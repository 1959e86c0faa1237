// A copy is put back that still holds who was erased since, and gives every right that ended since: nobody needs to have written it down.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { encodeRun, kinetics, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { backup } from '../../src/cli/backup.ts'
import { afterRestore } from '../../src/cli/after-restore.ts'
import { verify } from '../../src/cli/verify-audit.ts'
import { listAudit } from '../../src/store/audit/audit.ts'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../support/account.ts'
import { openBrowser } from '../support/browser.ts'
import { addClient, read, setZone, upload } from '../support/clinic-work.ts'
import { closeClinics, newFolder, openClinic } from '../support/node-clinic.ts'
import { collectOutput } from '../support/said.ts'
import { join as joinBy, joinFirst, PASSWORD, send, type Ask } from '../support/sign-in.ts'

afterAll(closeClinics)

const holds = (folder: string, word: string) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(word))

async function run(copy: string, stopped: string | null): Promise<readonly [code: number, ...said: string[]]> {
  const { output, printed, complained } = collectOutput()
  const code = await afterRestore(copy, stopped, Date.now(), output)
  return [code, ...printed(), ...complained()]
}

function copyOf(folder: string): string {
  const copy = join(newFolder(), 'data')
  mkdirSync(copy, { mode: 0o700 })
  expect(backup(folder, join(copy, 'calmpace.sqlite'), collectOutput().output)).toBe(0)
  return copy
}

it('erases in a copy whom the database that ran until then has erased since, and nobody else', async () => {
  const clinic = await openClinic()
  const staff = await joinFirst(clinic)
  const [anna, wil] = [await addClient(staff, 'Annabella'), await addClient(staff, 'Wilhelmina')]
  const { token } = await read<{ token: string }>(staff(`/api/clients/${wil}/invitations`, { method: 'POST' }), 201)
  const own = await joinBy(clinic.ask, token, 'wil@example.org', { name: 'Wilhelmina' })
  // She asked for somebody else, who is there to stay.
  expect((await own(`/api/clients/${anna}`)).status).toBe(404)
  const copy = copyOf(clinic.folder)
  await read(staff(`/api/clients/${wil}`, send('DELETE', { confirmation: 'Wilhelmina' })), 204)
  await addClient(staff, 'Cornelia')
  await clinic.store.close()
  expect(holds(copy, 'Wilhelmina')).toBe(true)

  // Another clinic's database, and one from before the copy, tell of nobody.
  const other = await openClinic()
  await addClient(await joinFirst(other), 'Dirkje')
  const [code, said] = await run(copy, other.folder)
  expect([code, said]).toEqual([1, expect.stringMatching(/nothing was changed$/)])
  expect(holds(copy, 'Wilhelmina')).toBe(true)
  expect((await run(copy, join(copy, 'nothing')))[0]).toBe(1)

  const [done, ...words] = await run(copy, clinic.folder)
  expect([done, words]).toEqual([0, expect.arrayContaining(['runners erased again: 1', 'accounts removed again: 0'])])
  for (const word of ['Wilhelmina', 'wil@example.org', wil]) expect([word, holds(copy, word)]).toEqual([word, false])
  expect(holds(copy, 'Annabella')).toBe(true)
  expect(await verify(copy, collectOutput().output)).toBe(0)
  // Once more, and the other way round: what the copy does by itself from now on is its own.
  expect(await run(copy, clinic.folder)).toEqual([
    1,
    expect.stringMatching(/carried over .* already; nothing was changed$/),
  ])
  expect(await run(clinic.folder, copy)).toEqual([
    1,
    expect.stringMatching(/the other way round\?; nothing was changed$/),
  ])
})

describe('a copy that was put back', () => {
  it('gives nothing back that ended since it was made, where the database that ran until then is there', async () => {
    const clinic = await openClinic()
    const thea = openBrowser(clinic.ask)
    await joinFirst({ ...clinic, ask: thea.ask })
    await enrolTotp(thea.ask)
    const [{ id: groupId }] = (await read<{ items: [{ id: string }] }>(thea.ask('/api/groups'))).items
    const invite = async (roles: string[]) => {
      const body = { roles, groupIds: roles.includes('therapist') ? [groupId] : [] }
      return (await read<{ token: string }>(thea.ask('/api/invitations', send('POST', body)), 201)).token
    }
    const joinAs = async (name: string, roles: string[]) => {
      const browser = openBrowser(clinic.ask)
      await joinBy(browser.ask, await invite(roles), `${name}@example.org`, { name })
      return browser.ask
    }
    const theo = await joinAs('theo', ['therapist'])
    const tom = await joinAs('tom', ['therapist', 'administrator'])
    const tess = await joinAs('tess', ['therapist'])
    const idOf = async (ask: Ask) => (await read<{ personId: string }>(ask('/api/me'))).personId
    const passkey = await enrolPasskey(tess)
    await enrolTotp(tom)
    const [noor, fay] = [await addClient(thea.ask, 'Noor'), await addClient(thea.ask, 'Fay')]
    await setZone(thea.ask, noor, { manualCeilingBpm: 140 }, 'gepraat')
    const [run1, run2] = await upload(thea.ask, noor, {
      'a.fit': encodeRun(kinetics(walkRun, 3).slice(0, 600), { startTime: START }),
      'b.fit': encodeRun(kinetics(walkRun, 4).slice(0, 600), { startTime: START + 86_400 }),
    })
    const linkTo = async (id: string) =>
      (await read<{ token: string }>(theo(`/api/clients/${id}/invitations`, { method: 'POST' }), 201)).token
    const own = await joinBy(clinic.ask, await linkTo(noor), 'noor@example.org', { name: 'Noor' })
    await read(own(`/api/clients/${noor}/sharing`, send('PUT', { agreed: true })))
    await read(own(`/api/clients/${noor}/after-runs`, send('POST', { sleepH: 7, whatHelped: 'de hond' })), 201)
    const openLink = await linkTo(fay)
    const staffLink = await invite(['administrator'])
    const glass = send('POST', { clientId: noor, reason: 'viel tijdens het lopen' })
    await read(tom('/api/break-glass', glass), 201)
    const { items: views } = await read<{ items: { id: string }[] }>(tom('/api/break-glass/mine'))
    const copy = copyOf(clinic.folder)

    await read(thea.ask(`/api/people/${await idOf(theo)}`, { method: 'DELETE' }), 204)
    await read(tom(`/api/break-glass/${views[0]?.id}`, { method: 'DELETE' }), 204)
    await read(thea.ask(`/api/people/${await idOf(tom)}/roles`, send('PUT', { roles: ['therapist'] })))
    const [{ id: keyId }] = (
      await read<{ items: [{ id: string }] }>(thea.ask(`/api/people/${await idOf(tess)}/passkeys`))
    ).items
    await read(thea.ask(`/api/people/${await idOf(tess)}/passkeys/${keyId}`, { method: 'DELETE' }), 204)
    const other = await read<{ id: string }>(thea.ask('/api/groups', send('POST', { name: 'Ander' })), 201)
    await read(thea.ask(`/api/clients/${fay}/groups`, send('PUT', { groupIds: [other.id] })), 204)
    const NEW = 'een geheel nieuw woord 9'
    await read(thea.ask('/api/auth/change-password', send('POST', { currentPassword: PASSWORD, newPassword: NEW })))
    await read(own(`/api/runs/${run1?.runId}`, { method: 'DELETE' }), 204)
    await read(own(`/api/clients/${noor}/sharing`, send('PUT', { agreed: false })))
    const [told] = (await read<{ items: { id: string }[] }>(own(`/api/clients/${noor}/after-runs`))).items
    await read(own(`/api/clients/${noor}/after-runs/${told?.id}`, { method: 'DELETE' }))
    const head = (await listAudit(clinic.store.db, {}, 1))[0]?.hash
    await clinic.store.close()

    const [code, ...said] = await run(copy, clinic.folder)
    expect([code, said]).toEqual([
      0,
      [
        'runners erased again: 0',
        'accounts removed again: 1',
        'roles taken away again: 1',
        'places of staff in groups ended again: 0',
        'places of runners in groups ended again: 1',
        'passwords as they were changed: 1',
        'second factors as they were changed: 0',
        'passkeys removed again: 1',
        'runs and check-ins removed again: 2',
        'words of runners on sharing: 1',
        expect.stringMatching(/^sessions ended: [1-9]/),
        // The other one ended with its maker's account.
        'open links ended: 1',
        expect.stringMatching(/^known browsers forgotten: [1-9]/),
        'emergency views ended: 1',
        'runners in no group now: 1; place them on the page Groups',
        expect.stringContaining('is not in it'),
      ],
    ])
    expect(await verify(copy, collectOutput().output)).toBe(0)
    const again = await openClinic({ folder: copy })
    const [line] = await listAudit(again.store.db, { action: 'restore.done' }, 1)
    expect(line?.detail).toMatchObject({ stoppedHead: head, carried: { accounts: 1 } })

    // Who left does not come in, nobody is signed in, no link opens, an old password is none.
    const cookie = [...thea.cookies].map((pair) => pair.join('=')).join('; ')
    expect((await again.ask('/api/me', { headers: { cookie } })).status).toBe(401)
    for (const token of [openLink, staffLink])
      expect((await again.ask('/api/invitations/look', send('POST', { token }))).status).toBe(410)
    expect((await signIn(again.ask, 'theo@example.org')).status).toBe(401)
    expect((await signIn(again.ask, 'thea@example.org')).status).toBe(401)
    expect((await signIn(again.ask, 'thea@example.org', NEW)).status).toBe(200)
    expect((await signInByPasskey(openBrowser(again.ask).ask, passkey, true)).status).toBe(401)
    const roles = await again.store.db
      .selectFrom('person_role')
      .select('role')
      .where('role', '=', 'administrator')
      .execute()
    expect(roles).toHaveLength(1)
    const back = openBrowser(again.ask)
    expect((await signIn(back.ask, 'noor@example.org')).status).toBe(200)
    const runs = await read<{ items: { id: string }[] }>(back.ask(`/api/clients/${noor}/runs`))
    expect(runs.items.map(({ id }) => id)).toEqual([run2?.runId])
    expect(await read(back.ask(`/api/clients/${noor}/after-runs`))).toMatchObject({ agreed: false, items: [] })
  })

  it('has no session, open link and known browser any more, and says what to go through, where that database is lost', async () => {
    const clinic = await openClinic()
    const thea = openBrowser(clinic.ask)
    await joinFirst({ ...clinic, ask: thea.ask })
    const link = await read<{ token: string }>(
      thea.ask('/api/invitations', send('POST', { roles: ['administrator'], groupIds: [] })),
      201,
    )
    const copy = copyOf(clinic.folder)
    await clinic.store.close()
    const [code, ...said] = await run(copy, null)
    expect([code, said.slice(0, 4)]).toEqual([
      0,
      ['sessions ended: 1', 'open links ended: 1', 'known browsers forgotten: 1', 'emergency views ended: 0'],
    ])
    for (const word of ['People', 'Groups', 'Erase a runner']) expect(said.join(' ')).toContain(word)
    const again = await openClinic({ folder: copy })
    const old = [...thea.cookies].map((pair) => pair.join('=')).join('; ')
    expect((await again.ask('/api/me', { headers: { cookie: old } })).status).toBe(401)
    expect((await again.ask('/api/invitations/look', send('POST', { token: link.token }))).status).toBe(410)
    expect((await signIn(again.ask, 'thea@example.org')).status).toBe(200)
  })
})
