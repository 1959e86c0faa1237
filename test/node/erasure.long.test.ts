// What is left of a client after they were erased: every table counted, every byte of the database's files searched.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { addClient, read, setZone, upload } from '../support/clinic-work.ts'
import { endOfImport, laterImport } from '../support/imports.ts'
import { closeClinics, newFolder, openClinic } from '../support/node-clinic.ts'
import { newPart, sendStream } from '../support/phone.ts'
import { madeStream, STREAM_START_MS } from '../support/stream.ts'
import { hardRun } from '../support/world.ts'
import { secure } from '../support/secured.ts'
import { join as joinBy, joinFirst, send, type Ask } from '../support/sign-in.ts'

const folder = newFolder()
afterAll(closeClinics)

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)))
/** Rows of every table there is. */
async function countTables(db: Database): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
  const counts: Record<string, number> = {}
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(db)
    counts[name] = rows[0]?.rows ?? 0
  }
  return counts
}
/** Files of the data folder in which these bytes stand, in either of the ways in which a text may be kept. */
const filesWith = (text: string) =>
  readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name))
    return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))
  })

/** Everything that the service can hold of a client. */
async function fill(staff: Ask, anybody: Ask, name: string, mail: string): Promise<string> {
  const clientId = await addClient(staff, name)
  await setZone(staff, clientId, { manualCeilingBpm: 140 }, `reden van ${name}`)
  const uploaded = await upload(staff, clientId, {
    [`${name}.fit`]: fixture('fit/calm-run.fit'),
    [`${name}-horloge.fit`]: fixture('fit/near-duplicate.fit'),
    [`${name}-twee.tcx`]: fixture('xml/two-activities.tcx'),
  })
  const hard = await upload(staff, clientId, { [`${name}-hard.fit`]: hardRun(Date.now()) })
  await endOfImport(staff, await laterImport(staff, clientId, { [`${name}-later.fit`]: fixture('fit/settings.fit') }))
  const { items } = await read<{ items: { id: string }[] }>(staff(`/api/flags?kind=F9.hard&clientId=${clientId}`))
  const step = { act: 'comment', seenVersion: 0, note: `reden van ${name}, na ronde ${hard[0]?.runId}` }
  await read(staff(`/api/flags/${items[0]?.id}/steps`, send('POST', step)), 201)
  const otherRunId = uploaded[1]?.runId
  await read(staff(`/api/runs/${uploaded[0]?.runId}/combination`, send('POST', { otherRunId })), 201)
  await read(staff('/api/break-glass', send('POST', { clientId, reason: 'belt in nood vanaf het bos' })), 201)
  const checkedIn = { kind: 'checked_in', atMs: STREAM_START_MS - 2500, result: 'ok', zoneNeedsReview: false } as const
  const entries = madeStream(120, () => 120, [checkedIn])
  await sendStream(staff, newPart(clientId), entries)
  await sendStream(staff, newPart(clientId), entries.slice(0, 60))
  const invite = () => read<{ token: string }>(staff(`/api/clients/${clientId}/invitations`, { method: 'POST' }), 201)
  const own = await joinBy(anybody, (await invite()).token, mail, { name })
  await invite()
  const plan = { weekdays: [2], runMin: 30, intervals: null, reason: `reden van ${name}` }
  await read(staff('/api/clients'))
  await read(staff(`/api/clients/${clientId}/plans`, send('POST', plan)), 201)
  await read(own(`/api/clients/${clientId}/sharing`, send('PUT', { agreed: true })))
  await read(own(`/api/clients/${clientId}/after-runs`, send('POST', { whatHelped: `reden van ${name}` })), 201)
  const asked = own(`/api/clients/${clientId}/notes`, send('POST', { text: `reden van ${name}?` }))
  const { items: notes } = await read<{ items: { id: string }[] }>(asked, 201)
  await read(staff(`/api/clients/${clientId}/notes`, send('POST', { text: 'ja', answers: notes[0]?.id })), 201)
  await read(staff(`/api/clients/${clientId}/rest-notes`, send('POST', { kind: 'score', score: 24 })), 201)
  const [removed] = await upload(staff, clientId, { [`${name}-weg.fit`]: fixture('fit/dry-strap.fit') })
  await read(own(`/api/runs/${removed?.runId}`, { method: 'DELETE' }), 204)
  await own('/api/auth/two-factor/enable', send('POST', { password: 'een lang wachtwoord' }))
  await own('/api/auth/passkey/generate-register-options')
  await anybody('/api/auth/sign-in/email', send('POST', { email: mail, password: 'een verkeerd wachtwoord' }))
  return clientId
}

it('leaves no row, no byte and no account of an erased client, and all of the one beside them', async () => {
  const { ask, firstToken, store } = await openClinic({ folder })
  const staff = await secure(ask, await joinFirst({ ask, firstToken }))
  await fill(staff, ask, 'Annabella', 'anna@example.org')
  const before = await countTables(store.db)
  const clientId = await fill(staff, ask, 'Wilhelmina', 'wilma@example.org')
  const full = await countTables(store.db)
  const grown = Object.keys(full).filter((table) => (full[table] ?? 0) > (before[table] ?? 0))
  // Every table in which a client can have a row has one; a new such table must come here.
  expect(grown.toSorted()).toEqual(
    [
      ...[
        'account',
        'assessment',
        'audit',
        'audit_named',
        'batch',
        'break_glass',
        'calm_zone',
        'check_in',
        'client',
        'combination',
      ],
      ...['after_run', 'note', 'plan', 'removal', 'rest_note', 'sharing'],
      ...['flag', 'flag_count', 'flag_event', 'group_client', 'group_run', 'participation'],
      ...['import_job', 'import_result'],
      ...['invitation', 'person', 'run', 'run_chunk', 'run_file', 'run_file_part', 'session', 'sign_in_lock'],
      ...['known_browser', 'unkept_codes'],
      ...['twin', 'twoFactor', 'verification'],
    ].toSorted(),
  )
  expect(filesWith('Wilhelmina')).not.toEqual([])

  await read(staff(`/api/clients/${clientId}`, send('DELETE', { confirmation: 'Wilhelmina' })), 204)

  const after = await countTables(store.db)
  const { audit: linesBefore = 0, audit_named: _named, break_glass: glassBefore = 0, ...rowsBefore } = before
  const { audit: linesAfter = 0, audit_named: names, break_glass: glassAfter = 0, ...rowsAfter } = after
  const uncounted = { sqlite_sequence: rowsAfter['sqlite_sequence'], rateLimit: 0, sign_in_lock: 0, verification: 0 }
  expect(rowsAfter).toEqual({ ...rowsBefore, ...uncounted })
  // That somebody looked in an emergency is evidence: the row stays, without whom and why.
  expect(glassAfter).toBe(glassBefore + 1)
  expect(linesAfter).toBeGreaterThan(linesBefore)
  // Beside whom they stood on a list: their place stays, without whom.
  expect(names).toBe(full['audit_named'])
  expect((await sql`select 1 from audit_named where client_id = ${clientId}`.execute(store.db)).rows).toEqual([])
  for (const trace of ['Wilhelmina', 'wilma@example.org', 'reden van Wil']) expect(filesWith(trace), trace).toEqual([])
  expect(filesWith('Annabella')).not.toEqual([])
  const { rows } = await sql`select client_id, detail_json from audit where action = 'data.erase'`.execute(store.db)
  expect(rows).toEqual([{ client_id: null, detail_json: '{}' }])
})
