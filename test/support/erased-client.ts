// A client who does all that a client can, whom staff do all to that they can, and who is then erased by an administrator: with all
// that somebody could have known about them, and every file that is left.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { backup } from '../../src/cli/backup.ts'
import { addClient, read, setZone, upload } from './clinic-work.ts'
import { newFolder, openClinic, type NodeClinic } from './node-clinic.ts'
import { newPart, sendStream } from './phone.ts'
import { join as joinBy, joinFirst, send, type Ask } from './sign-in.ts'
import { madeStream } from './stream.ts'
import { hardRun } from './world.ts'

const NAME = 'Wilhelmina'
const MAIL = 'Wilma.van.Oord@example.org'
const WHY = `${NAME} is gevallen bij het hek`
/** The network addresses that were the client's alone, and that of the clinic. */
export const HERS = ['198.51.100.77', '2001:db8:77::5'] as const
export const CLINIC = '192.0.2.10'

export interface ErasedClient {
  readonly clinic: NodeClinic
  readonly staff: Ask
  readonly clientId: string
  readonly personId: string
  /** All words that somebody could know, by what they are. */
  readonly known: ReadonlyMap<string, string>
  /** Pieces of the heart rates, as they were kept. */
  readonly heartRates: ReadonlyMap<string, Buffer>
  /** The files that hold it: the database, its log of changes, and a copy made after the erasure. */
  readonly holders: (needle: Buffer | string) => string[]
  readonly everyFile: () => Buffer
}

export async function eraseKnownClient(): Promise<ErasedClient> {
  let address: string = CLINIC
  const clinic = await openClinic({ address: () => address })
  const staff = await joinFirst(clinic)
  const known = new Map<string, string>()
  const from = async <T>(whence: string, work: () => Promise<T>): Promise<T> => {
    address = whence
    return work().finally(() => (address = CLINIC))
  }
  await live({ clinic, staff, known, from })
  const heartRates = await piecesOfHeartRates(clinic)
  const copies = newFolder()
  const holders = (needle: Buffer | string) =>
    [...filesIn(clinic.folder, copies)].filter(([, bytes]) => bytes.includes(needle)).map(([name]) => name)
  // What is looked for can be found: all of it is there before.
  for (const [what, word] of known)
    expect([what, spellingsOf(word).flatMap((one) => holders(one))]).not.toEqual([what, []])
  for (const [what, bytes] of heartRates) expect([what, holders(bytes)]).not.toEqual([what, []])
  const clientId = known.get('client') ?? ''
  await read(staff(`/api/clients/${clientId}`, send('DELETE', { confirmation: NAME })), 204)
  const silent = () => undefined
  expect(backup(clinic.folder, join(copies, 'after.sqlite'), silent, silent)).toBe(0)
  const everyFile = () => Buffer.concat([...filesIn(clinic.folder, copies).values()])
  return { clinic, staff, clientId, personId: known.get('person') ?? '', known, heartRates, holders, everyFile }
}

/** As somebody typed it, as it is kept, and an IPv6 address by its network, short and in full. */
export function spellingsOf(word: string): string[] {
  const short = /^([\da-f]+):([\da-f]+):([\da-f]+)::/.exec(word)
  const full =
    short === null
      ? []
      : [
          short
            .slice(1)
            .map((group) => group.padStart(4, '0'))
            .join(':'),
        ]
  return [...new Set([word, word.toLowerCase(), ...(short === null ? [] : [short[0].slice(0, -2)]), ...full])]
}

interface Living {
  readonly clinic: NodeClinic
  readonly staff: Ask
  readonly known: Map<string, string>
  readonly from: <T>(whence: string, work: () => Promise<T>) => Promise<T>
}

async function live({ clinic, staff, known, from }: Living): Promise<void> {
  known.set('name', NAME).set('mail', MAIL).set('reason', WHY)
  for (const [at, one] of HERS.entries()) known.set(`address ${at}`, one)
  const clientId = await addClient(staff, NAME)
  known.set('client', clientId)
  known.set('zone', (await setZone(staff, clientId, { manualCeilingBpm: 140 }, 'praattest')).id)
  const { token } = await read<{ token: string }>(
    staff(`/api/clients/${clientId}/invitations`, { method: 'POST' }),
    201,
  )
  const own = await from(HERS[0], () => joinBy(clinic.ask, token, MAIL, { name: NAME }))
  known.set('person', (await read<{ personId: string }>(own('/api/me'))).personId)
  const [run] = await upload(staff, clientId, { 'hard.fit': hardRun(Date.now()) })
  known.set('run', run?.runId ?? '')
  const part = newPart(clientId)
  known.set('participation', part.participationId).set('group run', part.groupRunId)
  await sendStream(
    staff,
    part,
    madeStream(300, (s) => 131 + (s % 7)),
  )
  const { items: flags } = await read<{ items: { id: string }[] }>(staff(`/api/flags?clientId=${clientId}`))
  known.set('flag', flags[0]?.id ?? '')
  await read(staff(`/api/flags/${flags[0]?.id}/steps`, send('POST', { act: 'acknowledge', seenVersion: 0 })), 201)
  await read(staff('/api/break-glass', send('POST', { clientId, reason: WHY })), 201)
  for (const whence of HERS) await from(whence, () => tell(clinic, own, clientId))
}

/** What the client does themself, from wherever they are. */
async function tell({ ask }: NodeClinic, own: Ask, clientId: string): Promise<void> {
  await ask('/api/auth/sign-in/email', send('POST', { email: MAIL, password: 'een verkeerd wachtwoord' }))
  await ask('/api/auth/sign-in/email', send('POST', { email: MAIL, password: 'een lang wachtwoord' }))
  await read(own(`/api/clients/${clientId}/sharing`, send('PUT', { agreed: true })))
  await read(own(`/api/clients/${clientId}/after-runs`, send('POST', { whatHelped: 'de vogels' })), 201)
  await own('/api/clients/somebody-else')
  expect((await own(`/api/clients/${clientId}/data.zip`)).status).toBe(200)
}

/** The middle of each blob: columns, files, what a phone sent. */
async function piecesOfHeartRates({ store: { db } }: NodeClinic): Promise<ReadonlyMap<string, Buffer>> {
  const pieces = new Map<string, Buffer>()
  for (const table of ['run_chunk', 'run_file_part', 'batch'] as const)
    for (const [at, { bytes }] of (await db.selectFrom(table).select('bytes').execute()).entries()) {
      const all = Buffer.from(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes)
      pieces.set(`${table} ${at}`, all.subarray(all.length >> 1, (all.length >> 1) + 64))
    }
  return pieces
}

function filesIn(folder: string, copies: string): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (const name of readdirSync(folder)) found.set(name, readFileSync(join(folder, name)))
  for (const name of readdirSync(copies)) found.set(`copy ${name}`, readFileSync(join(copies, name)))
  return found
}
