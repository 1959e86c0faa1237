// `calmpace new-sign-in`: the only administrator lost everything, and whoever keeps the machine lets them in, while it serves.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSignIn } from '../../src/cli/new-sign-in.ts'
import { enrolTotp, signIn } from '../support/account.ts'
import { openBrowser } from '../support/browser.ts'
import { lastLine, linesSince } from '../support/lines.ts'
import { closeClinics, newFolder, openClinic, type NodeClinic } from '../support/node-clinic.ts'
import { collectOutput } from '../support/said.ts'
import { joinFirst, send } from '../support/sign-in.ts'
import { expectJson } from '../support/expect-json.ts'

const ORIGIN = 'https://hardlopen.example'
const NEW_PASSWORD = 'een ander lang wachtwoord'
let clinic: NodeClinic
beforeAll(async () => {
  clinic = await openClinic()
  const thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
  await enrolTotp(thea.ask)
})
afterAll(closeClinics)

async function run(email: string, dataFolder = clinic.folder) {
  const said = collectOutput()
  const code = await newSignIn({ dataFolder, origin: ORIGIN }, email, Date.now(), said.output)
  return { code, printed: said.printed(), complained: said.complained() }
}

describe('calmpace new-sign-in', () => {
  it('prints a link that lets the only administrator in, who is told that it was made on the machine', async () => {
    const before = await lastLine(clinic.store.db)
    const { code, printed } = await run(' Thea@Example.org')
    expect([code, printed]).toEqual([0, [expect.stringMatching(/^https:\/\/hardlopen\.example\/reset#[\w-]{32}$/)]])
    const token = printed[0]?.split('#')[1] ?? ''
    const thea = openBrowser(clinic.ask)
    await expectJson(thea.ask('/api/resets/use', send('POST', { token, password: NEW_PASSWORD })))
    const me = await expectJson<{ roles: string[]; resets: object[] }>(thea.ask('/api/me'))
    expect(me.roles).toContain('administrator')
    expect(me.resets).toMatchObject([{ onMachine: true, madeByName: null }])
    expect((await signIn(clinic.ask, 'thea@example.org')).status).toBe(401)
    const lines = await linesSince(clinic.store.db, before)
    expect(lines.map(({ action, personId, cameFrom }) => [action, personId === null, cameFrom])).toEqual([
      ['account.reset-made', true, null],
      ['account.reset', false, '127.0.0.1'],
      ['sign-in.refused', false, '127.0.0.1'],
    ])
  })

  it('says in one line that nobody has this address, or that there is no database, and changes nothing', async () => {
    const before = await lastLine(clinic.store.db)
    expect(await run('nobody@example.org')).toEqual({
      code: 1,
      printed: [],
      complained: ['nobody signs in by this e-mail address; nothing was changed'],
    })
    const nowhere = `${newFolder()}/none`
    const { code, complained } = await run('thea@example.org', nowhere)
    expect([code, complained]).toEqual([
      1,
      [`no database in ${nowhere}. Which folder does the server use? Name it in CALMPACE_DATA`],
    ])
    expect(await linesSince(clinic.store.db, before)).toEqual([])
  })
})
