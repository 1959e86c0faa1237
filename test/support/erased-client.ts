// A client who does all that a client can, whom staff do all to that they can, and who is then erased; over HTTP, in a process of
// its own: with all that somebody could have known about them, and every byte that is left.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inflateSync } from 'fflate'
import { hardRun } from './world.ts'
import { backup } from '../../src/cli/backup.ts'
import { enrolTotp, signIn } from './account.ts'
import { addClient, read, setZone, upload } from './clinic-work.ts'
import { newFolder } from './node-clinic.ts'
import { newPart, sendStream } from './phone.ts'
import { secure } from './secured.ts'
import { startServer, type Served } from './served.ts'
import { cookiesOf, join as joinBy, joinFirst, PASSWORD, send, withCookie, type Ask } from './sign-in.ts'
import { makePasskey } from './soft-passkey.ts'
import { madeStream, STREAM_START_MS } from './stream.ts'
import { makeFinder, opened, tracesOf, type Trace } from './traces.ts'
import { collectOutput } from './said.ts'

export const NAME = 'Wilhelmina'
const MAIL = 'Wilma.van.Oord@example.org'
/** Of an account that was taken away before. */
const FORMER_MAIL = 'wvanoord.eerst@example.org'
const WHY = `${NAME} is gevallen bij het hek`
/** The network addresses that were the client's alone, and that of the clinic. */
const HERS = ['198.51.100.77', '2001:db8:77:1:2:3:4:5'] as const
const CLINIC = '192.0.2.10'

export interface ErasedClient {
  readonly folder: string
  readonly staff: Ask
  /** What of it stands in any byte that is left: the database, its log of changes, a copy made afterwards, what was printed. */
  readonly find: (traces: readonly Trace[]) => string[]
  readonly everything: readonly Trace[]
  readonly heartRates: readonly Trace[]
  readonly end: () => Promise<void>
}

/** @param by who erases */
export async function eraseKnownClient(by: 'administrator' | 'themself'): Promise<ErasedClient> {
  const folder = newFolder()
  const copies = newFolder()
  const printed: Buffer[] = []
  const env = { CALMPACE_TRUST_PROXY: '1' }
  const server = await startServer(folder, 0, env, (bytes) => printed.push(bytes))
  const clinic = new Clinic(server)
  const firstToken = new URL(server.firstUrl ?? '').hash.slice(1)
  const staff = await secure(clinic.from(CLINIC), await joinFirst({ ask: clinic.from(CLINIC), firstToken }))
  await liveBeside(staff)
  const database = () => new DatabaseSync(join(folder, 'calmpace.sqlite'), { readOnly: true })
  const before = wordsIn(database())
  const beside = blobsIn(database())
  const { own, clientId } = await live(clinic, staff)
  const known = new Map([
    ...Object.entries({ name: NAME, mail: MAIL, 'former mail': FORMER_MAIL, why: WHY, client: clientId }),
    ...HERS.flatMap(addressWords),
    ...[...wordsIn(database())]
      .filter(([word]) => !before.has(word))
      .map(([word, what]): [string, string] => [what, word]),
  ])
  // Two hearts may beat alike for a while.
  const heartRates = heartRatesIn(database()).filter(({ bytes }) => !beside.some((blob) => blob.includes(bytes)))
  const secret = readFileSync(join(folder, 'secret'), 'utf8').trim()
  const keys = [secret, `sign-in lock ${secret}`, '', 'calmpace']
  const find = (traces: readonly Trace[]) => {
    const look = makeFinder(traces)
    const files = [folder, copies].flatMap((one) => readdirSync(one).map((name) => readFileSync(join(one, name))))
    return [...new Set([...files, ...printed, ...blobsIn(database())].flatMap(look))]
  }
  const words = tracesOf(known, keys)
  // What is looked for can be found: all of it is there before.
  const there = find([...words, ...heartRates])
  for (const what of [...known.keys(), ...heartRates.map(({ what }) => what)])
    if (!there.some((one) => one.startsWith(what))) throw new Error(`${what} is not there before`)
  const lines = linesOf(database())
  const salts = saltsOfNames(database(), clientId)
  const asker = by === 'themself' ? own : staff
  await read(asker(`/api/clients/${clientId}`, send('DELETE', { confirmation: 'Wil' })), 422)
  await read(asker(`/api/clients/${clientId}`, send('DELETE', { confirmation: NAME })), 204)
  if (backup(folder, join(copies, 'after.sqlite'), collectOutput().output) !== 0) throw new Error('no copy')
  return {
    ...{ folder, staff, find, heartRates },
    everything: [...words, ...tracesOf(struck(lines, linesOf(database())), []), ...tracesOf(salts, [])],
    end: async () => {
      await server.end('SIGTERM')
      for (const one of [folder, copies]) rmSync(one, { recursive: true, force: true })
    },
  }
}

/** Asking over HTTP from a network address, as a proxy in front would say it. */
class Clinic {
  readonly #server: Served
  readonly origin: string
  constructor(server: Served) {
    this.#server = server
    this.origin = server.url
  }
  from =
    (address: string): Ask =>
    (path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('x-forwarded-for', `10.9.9.9, ${address}`)
      const cookies = [headers.get('cookie'), headers.get('x-cookies')].filter((one) => one !== null)
      headers.set('cookie', cookies.join('; '))
      return fetch(`${this.#server.url}${path}`, { ...init, headers })
    }
}

const post: RequestInit = { method: 'POST' }
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)))
const invite = (staff: Ask, clientId: string) =>
  read<{ token: string }>(staff(`/api/clients/${clientId}/invitations`, post), 201)

/** A runner who stays. */
async function liveBeside(staff: Ask): Promise<void> {
  const clientId = await addClient(staff, 'Annabella')
  await setZone(staff, clientId, { manualCeilingBpm: 141 }, 'praattest')
  await upload(staff, clientId, { 'dropouts.fit': fixture('fit/dropouts.fit') })
  await sendStream(
    staff,
    newPart(clientId),
    madeStream(90, () => 118),
  )
}

async function live(clinic: Clinic, staff: Ask): Promise<{ own: Ask; clientId: string }> {
  const clientId = await addClient(staff, NAME)
  const path = `/api/clients/${clientId}`
  const former = await joinBy(clinic.from(HERS[0]), (await invite(staff, clientId)).token, FORMER_MAIL, { name: NAME })
  const { personId } = await read<{ personId: string }>(former('/api/me'))
  await read(former(`${path}/runs`))
  await read(staff(`/api/people/${personId}`, { method: 'DELETE' }), 204)
  const own = await joinBy(clinic.from(HERS[0]), (await invite(staff, clientId)).token, MAIL, { name: NAME })
  await workOn(staff, clientId)
  await tell(own, staff, clientId)
  const again = await signInAgain(clinic, own)
  await read(staff('/api/break-glass', send('POST', { clientId, reason: WHY })), 201)
  const zip = await (await staff(`${path}/data.zip`)).blob()
  const form = new FormData()
  form.append('file', new File([zip], 'data.zip'))
  await (await staff(`${path}/import`, { method: 'POST', body: form })).text()
  return { own: again, clientId }
}

/** What staff do. */
async function workOn(staff: Ask, clientId: string): Promise<void> {
  const path = `/api/clients/${clientId}`
  await setZone(staff, clientId, { manualCeilingBpm: 140 }, WHY)
  const files = {
    'calm.fit': 'fit/calm-run.fit',
    'near.fit': 'fit/near-duplicate.fit',
    'two.tcx': 'xml/two-activities.tcx',
  }
  const runs = await upload(
    staff,
    clientId,
    Object.fromEntries(Object.entries(files).map(([name, file]) => [`${NAME} ${name}`, fixture(file)])),
  )
  await upload(staff, clientId, { 'hard.fit': hardRun(Date.now()) })
  await read(staff(`/api/runs/${runs[0]?.runId}/combination`, send('POST', { otherRunId: runs[1]?.runId })), 201)
  await (await staff(`/api/runs/${runs[0]?.runId}/exports/csv`)).text()
  const checkedIn = {
    kind: 'checked_in',
    atMs: STREAM_START_MS - 2500,
    result: 'ok',
    zoneNeedsReview: false,
  } as const
  const stream = madeStream(300, (s) => 131 + (s % 7), [checkedIn])
  await sendStream(staff, newPart(clientId), stream)
  await sendStream(staff, newPart(clientId), stream.slice(0, 60))
  const { items } = await read<{ items: { id: string }[] }>(staff(`/api/flags?clientId=${clientId}`))
  for (const step of [
    { act: 'acknowledge', seenVersion: 0 },
    { act: 'comment', seenVersion: 1, note: WHY },
  ])
    await read(staff(`/api/flags/${items[0]?.id}/steps`, send('POST', step)), 201)
  const plan = { weekdays: [2], runMin: 30, intervals: null, reason: WHY, reasonForClient: `voor ${NAME}` }
  await read(staff(`${path}/plans`, send('POST', plan)), 201)
  await read(staff(`${path}/rest-notes`, send('POST', { kind: 'score', score: 24 })), 201)
}

/** What the client does. */
async function tell(own: Ask, staff: Ask, clientId: string): Promise<void> {
  const path = `/api/clients/${clientId}`
  await read(own(`${path}/sharing`, send('PUT', { agreed: true })))
  await read(own(`${path}/after-runs`, send('POST', { whatHelped: WHY })), 201)
  const { items } = await read<{ items: { id: string }[] }>(own(`${path}/notes`, send('POST', { text: WHY })), 201)
  await read(staff(`${path}/notes`, send('POST', { text: `dag ${NAME}`, answers: items[0]?.id })), 201)
  const [removed] = await upload(own, clientId, { 'weg.fit': fixture('fit/dry-strap.fit') })
  await read(own(`/api/runs/${removed?.runId}`, { method: 'DELETE' }), 204)
  for (const seen of [`${path}/runs`, `${path}/log`, `${path}/zones`, '/api/clients/somebody-else', `${path}/data.zip`])
    await (await own(seen)).arrayBuffer()
}

/** Every way to sign in, right and wrong, from another address.
 *  @returns asking as them: a second factor that is set up ends the session of before */
async function signInAgain(clinic: Clinic, own: Ask): Promise<Ask> {
  const there = clinic.from(HERS[1])
  const bytes = async (answer: Promise<Response>) => void (await (await answer).arrayBuffer())
  await bytes(signIn(there, MAIL, 'een verkeerd wachtwoord'))
  await bytes(signIn(there, ` ${MAIL.toUpperCase()}`, 'een verkeerd wachtwoord'))
  // The passkey is bound to where the page is.
  const relying = { rpId: 'localhost', origin: clinic.origin }
  const passkey = await makePasskey()
  const challenge = (answer: Response) => read<{ challenge: string }>(answer.clone())
  const options = await own('/api/auth/passkey/generate-register-options')
  const response = await passkey.register({ ...(await challenge(options)), ...relying })
  const body = { response, name: `telefoon van ${NAME}` }
  await read(alsoWith(own, options)('/api/auth/passkey/verify-registration', send('POST', body)))
  const enter = async (): Promise<Ask> => {
    const asked = await there('/api/auth/passkey/generate-authenticate-options')
    const signed = await passkey.sign({ ...(await challenge(asked)), ...relying }, true)
    const signedBody = send('POST', { response: signed })
    const entered = await alsoWith(there, asked)('/api/auth/passkey/verify-authentication', signedBody)
    return withCookie(there, cookiesOf(entered))
  }
  // A session that a passkey made may add the other factor.
  const strong = await enter()
  await enrolTotp(strong)
  const half = await signIn(there, MAIL, PASSWORD)
  await bytes(alsoWith(there, half)('/api/auth/two-factor/verify-totp', send('POST', { code: '000000' })))
  await bytes(strong('/api/auth/passkey/generate-register-options'))
  await bytes(there('/api/invitations/look', send('POST', { token: 'x'.repeat(32) })))
  return enter()
}

/** With the cookies of an answer beside those that are there. */
const alsoWith =
  (ask: Ask, answer: Response): Ask =>
  (path, init = {}) =>
    ask(path, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'x-cookies': cookiesOf(answer) },
    })

/** An address of the sixth version stands by its network alone in counts. */
function addressWords(address: string): [what: string, word: string][] {
  if (!address.includes(':')) return [[`address ${address}`, address]]
  const [a = '', b = '', c = '', d = ''] = address.split(':').map((group) => group.padStart(4, '0'))
  return [
    [`address ${address}`, address],
    [`network of ${address}`, `${a}:${b}:${c}:${d}`],
  ]
}

/** Ids, tokens, keys and hashes in every table but the log, and of which they are. The row of broken glass stays. */
function wordsIn(db: DatabaseSync): Map<string, string> {
  const words = new Map<string, string>()
  for (const table of tablesOf(db).filter(
    (name) => !['audit', 'audit_head', 'audit_named', 'break_glass', 'rateLimit'].includes(name),
  ))
    for (const [at, row] of db.prepare(`select * from "${table}"`).all().entries())
      for (const [column, value] of Object.entries(row))
        if (
          typeof value === 'string' &&
          /^[\w+=.@:-][\w+=.@:/-]{14,600}$/.test(value) &&
          !/^\d{4}-\d\d-\d\dT/.test(value)
        )
          words.set(value, `${table} ${at} ${column}`)
  db.close()
  return words
}

const tablesOf = (db: DatabaseSync): string[] =>
  db
    .prepare(`select name from sqlite_master where type = 'table'`)
    .all()
    .map(({ name }) => String(name))

/** Everything that is kept packed, opened. */
function blobsIn(db: DatabaseSync): Buffer[] {
  const found: Buffer[] = []
  for (const table of tablesOf(db))
    for (const row of db.prepare(`select * from "${table}"`).all())
      for (const value of Object.values(row)) if (value instanceof Uint8Array) found.push(...opened(Buffer.from(value)))
  db.close()
  return found
}

/** Pieces of her heart rates: as files and phones brought them, as they are kept, and as numbers in columns. */
function heartRatesIn(db: DatabaseSync): Trace[] {
  const hers = `(select id from client where first_name = '${NAME}')`
  const queries = {
    columns: `select bytes from run_chunk where run_id in (select id from run where client_id in ${hers})`,
    file: `select bytes from run_file_part where file_id in (select id from run_file where client_id in ${hers})`,
    batch: `select bytes from batch where participation_id in (select id from participation where client_id in ${hers})`,
  }
  const pieces: Trace[] = []
  for (const [kind, query] of Object.entries(queries))
    for (const [at, { bytes }] of db.prepare(query).all().entries()) {
      const all = Buffer.from(bytes as Uint8Array)
      const middle = (of: Buffer, length: number) => of.subarray(of.length >> 1, (of.length >> 1) + length)
      pieces.push({ what: `${kind} ${at}, as kept`, bytes: middle(all, 48) })
      if (kind !== 'columns') continue
      const laid = Buffer.from(inflateSync(all))
      const bpm = bpmOf(laid)
      pieces.push({ what: `${kind} ${at}, as numbers`, bytes: bpm })
    }
  db.close()
  return pieces.filter(({ bytes }) => bytes.length >= 24 && new Set(bytes).size > 3)
}

/** The middle of the column of heart rates, as `layColumns` lays it. */
function bpmOf(laid: Buffer): Buffer {
  const length = laid.readUInt32LE(0)
  const entries = JSON.parse(laid.subarray(4, 4 + length).toString()) as {
    name: string
    type: string
    length: number
  }[]
  let at = 4 + length
  for (const { name, type, length } of entries) {
    const size = length * (type === 'f64' ? 8 : type === 'f32' ? 4 : 1)
    if (name === 'heartRate.bpm') return laid.subarray(at + (size >> 1), at + (size >> 1) + 48)
    at += size
  }
  throw new Error('no heart rates')
}

type Line = Readonly<Record<string, unknown>>
function linesOf(db: DatabaseSync): ReadonlyMap<number, Line> {
  const lines = db.prepare('select * from audit').all()
  db.close()
  return new Map(lines.map((line) => [Number(line['seq']), line]))
}

/** Of each line that names them beside others: the salt of their name. */
function saltsOfNames(db: DatabaseSync, clientId: string): Map<string, string> {
  const names = db.prepare('select seq, salt from audit_named where client_id = ?').all(clientId)
  db.close()
  return new Map(names.map(({ seq, salt }) => [`salt of a name in line ${String(seq)}`, String(salt)]))
}

/** Of each line that was struck: its salts, and all that its hash would have been made of without them. */
function struck(before: ReadonlyMap<number, Line>, after: ReadonlyMap<number, Line>): Map<string, string> {
  const words = new Map<string, string>()
  for (const [seq, line] of before) {
    const now = after.get(seq)
    for (const salt of ['who_salt', 'whom_salt'])
      if (now?.[salt] === null) words.set(`${salt} of line ${seq}`, String(line[salt]))
    if (now?.['who_salt'] !== null && now?.['whom_salt'] !== null) continue
    const { previous_hash, seq: number, at_ms, person_id, action, client_id, rule, came_from, detail_json } = line
    const all = [previous_hash, number, at_ms, person_id, action, client_id, rule, came_from, detail_json]
    words.set(`line ${seq}`, JSON.stringify(all))
    words.set(`who of line ${seq}`, JSON.stringify([person_id, came_from]))
    words.set(`whom of line ${seq}`, JSON.stringify([client_id, detail_json]))
  }
  return words
}
