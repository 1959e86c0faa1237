// The secret beside the database: made where it never was, and never in the place of one that second factors are sealed with.
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countUnreadable } from '../../src/http/sign-in/sealed-factors.ts'
import { createApp } from '../../src/http/app.ts'
import { findOrMakeSecret } from '../../src/node/secret.ts'
import { enrolTotp, signIn } from '../support/account.ts'
import { openBrowser } from '../support/browser.ts'
import { codeOf } from '../support/clinic-work.ts'
import { closeClinics, newFolder, openClinic, TEST_SECRET } from '../support/node-clinic.ts'
import { joinFirst, send } from '../support/sign-in.ts'

afterAll(closeClinics)

describe('the secret of a data folder', () => {
  it('is made once, its owner’s alone, and stays', async () => {
    const { store, folder } = await openClinic()
    const secret = await findOrMakeSecret(folder, store.db)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(await findOrMakeSecret(folder, store.db)).toBe(secret)
  })

  it.each(['', '\n', 'geheim-van-de-kliniek-2026'])('is not made anew over one that is too short: %j', async (text) => {
    const { store, folder } = await openClinic()
    writeFileSync(join(folder, 'secret'), text)
    await expect(findOrMakeSecret(folder, store.db)).rejects.toThrow(/shorter than 32 characters; it was not touched/)
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(text)
  })

  it('is not made anew where it cannot be read', async () => {
    const { store, folder } = await openClinic()
    mkdirSync(join(folder, 'secret'))
    await expect(findOrMakeSecret(folder, store.db)).rejects.toThrow(/cannot be read \(EISDIR\)/)
    rmSync(join(folder, 'secret'), { recursive: true })
    symlinkSync(join(newFolder(), 'stick', 'secret'), join(folder, 'secret'))
    await expect(findOrMakeSecret(folder, store.db)).rejects.toThrow(/cannot be read \(ENOENT\)/)
  })

  it('is not made beside second factors that were sealed with another; with another, a code is told so in words', async () => {
    const clinic = await openClinic()
    const thea = openBrowser(clinic.ask)
    await joinFirst({ ...clinic, ask: thea.ask })
    await enrolTotp(thea.ask)
    const { db } = clinic.store
    await expect(findOrMakeSecret(clinic.folder, db)).rejects.toThrow(/second factors are sealed with it.*new-sign-in/)
    const other = 'another secret '.repeat(4)
    expect([await countUnreadable(db, TEST_SECRET), await countUnreadable(db, other)]).toEqual([0, 1])
    const app = createApp({
      store: clinic.store,
      nowMs: () => Date.now(),
      newId: () => crypto.randomUUID(),
      imports: clinic.imports,
      secret: other,
      origin: 'http://localhost',
      addressOf: () => '127.0.0.1',
    })
    const again = openBrowser(async (path, init) => app.request(path, init))
    expect((await signIn(again.ask, 'thea@example.org')).status).toBe(200)
    for (const [way, code] of [
      ['totp', '123456'],
      ['backup-code', 'ACDEF-GHJKM'],
    ])
      expect(await codeOf(again.ask(`/api/auth/two-factor/verify-${way}`, send('POST', { code })), 409)).toBe(
        'SECOND_FACTOR_UNREADABLE',
      )
  })
})
