// A served process whose clock is a year ahead for one start, as after a battery that died: nothing is deleted without a person's word, and
// what was made in that year holds nobody out once the clock is right.
import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { encodeRun, kinetics, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { root } from '../house/run.ts'
import type { Check } from '../support/check.ts'
import { addClient, upload } from '../support/clinic-work.ts'
import { asking, firstPerson, joinFirstWithCodes, signInFirst } from '../support/first-person.ts'
import { readLog, type LogLine } from '../support/log-lines.ts'
import { startServer, type Served } from '../support/served.ts'

const RUNS = 3
const YEAR_AHEAD = {
  NODE_OPTIONS: `--import ${pathToFileURL(join(root, 'test/faults/clock-child.ts')).href}`,
  CLOCK_AHEAD_DAYS: '365',
}
/** More than one place may try, and more than one address may ask in a minute. */
const TRIES = 21

export async function wrongClock(check: Check): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'calmpace-clock-'))
  const folder = join(parent, 'data')
  const serve = async (env: Readonly<Record<string, string>>, work: (server: Served) => Promise<void>) => {
    let said = ''
    const server = await startServer(folder, 0, env, (bytes) => (said += bytes.toString()))
    try {
      await work(server)
    } finally {
      await server.end('SIGTERM')
    }
    return readLog(said)
  }
  try {
    let codes: string[] = []
    await serve({}, async (server) => {
      const { cookie, backupCodes } = await joinFirstWithCodes(server)
      codes = backupCodes
      const ask = asking(server.url, cookie)
      const clientId = await addClient(ask)
      for (let turn = 0; turn < RUNS; turn++) await upload(ask, clientId, { [`${turn}.fit`]: madeRun(turn) })
    })
    let ahead = ''

    await check('a clock a year ahead at one start deletes nothing, and the log says why', async () => {
      const lines = await serve(YEAR_AHEAD, async ({ url }) => {
        ahead = await signInFirst(url, codes[0] ?? '')
        assert.equal((await asking(url, ahead)('/api/clients')).status, 200)
        const statuses = new Set<number>()
        for (let n = 0; n < TRIES; n++) statuses.add(await guess(url))
        assert.deepEqual(statuses, new Set([401, 429]))
      })
      const [waits] = eventsOf(lines, 'retention.waits')
      assert.deepEqual(waits?.counts, { due: RUNS, kept: RUNS })
      assert.match(lines[0]?.time ?? '', new RegExp(`^${new Date().getUTCFullYear() + 1}-`))
      console.log(`  the log says: ${waits.message}`)
      assert.equal(runsWithSamples(folder), RUNS)
    })

    await check('with the clock right again nobody is held out by what was tried and made in that year', async () => {
      const lines = await serve({}, async ({ url }) => {
        const asAhead = await asking(url, ahead)('/api/me')
        assert.equal(asAhead.status, 401)
        console.log(`  a session of that year is told: ${((await asAhead.json()) as { title: string }).title}`)
        // The name was locked and the address was too fast, a year from now.
        const cookie = await signInFirst(url, codes[1] ?? '')
        const answer = await asking(url, cookie)('/api/clients')
        assert.equal(((await answer.json()) as { items: object[] }).items.length, 1)
      })
      assert.deepEqual(eventsOf(lines, 'retention.waits'), [])
      assert.equal(runsWithSamples(folder), RUNS)
    })

    await check("a person's word lets it delete, at the next start by that clock", async () => {
      const waiting = await serve(YEAR_AHEAD, () => Promise.resolve())
      assert.equal(eventsOf(waiting, 'retention.waits').length, 1)
      const said = spawnSync(process.execPath, ['src/cli.ts', 'confirm-retention'], {
        cwd: root,
        env: { ...process.env, ...YEAR_AHEAD, CALMPACE_DATA: folder },
        encoding: 'utf8',
      })
      assert.equal(said.status, 0, said.stderr)
      console.log(`  confirm-retention says: ${said.stdout.trim()}`)
      const [done] = eventsOf(await serve(YEAR_AHEAD, () => Promise.resolve()), 'job.done')
      assert.deepEqual([done?.job, done?.counts], ['retention', { runs: RUNS, files: RUNS, recordings: 0 }])
      console.log(`  the log says: ${done?.message}`)
      assert.equal(runsWithSamples(folder), 0)
    })
  } finally {
    rmSync(parent, { recursive: true })
  }
}

const eventsOf = (lines: readonly LogLine[], event: LogLine['event']): LogLine[] =>
  lines.filter((line) => line.event === event)

const madeRun = (turn: number): Uint8Array =>
  encodeRun(kinetics(walkRun, turn).slice(0, 1200), { startTime: START + turn * 86_400 })

/** A wrong password. @returns the status of the answer */
async function guess(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: firstPerson.email, password: 'een verkeerd wachtwoord' }),
  })
  await answer.arrayBuffer()
  return answer.status
}

function runsWithSamples(folder: string): number {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'), { readOnly: true })
  const { runs } = sqlite.prepare('select count(distinct run_id) as runs from run_chunk').get() as { runs: number }
  sqlite.close()
  return runs
}
