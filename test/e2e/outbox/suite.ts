// The outbox in a real browser with its real disk, against a model: whatever is killed, lost, doubled, delayed or full,
// everything but the last second is on disk, and the server gets the very same run out of it.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { madeParticipation } from '../../support/group-run.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import {
  append,
  beatAndKill,
  checkRows,
  commands,
  giveRoom,
  nextEntries,
  openPage,
  reload,
  runners,
  takeRoom,
} from './model.ts'
import { begin, checkArrived } from './begun.ts'
import { clearedAway } from './cleared.ts'
import { openBatchServer, type BatchServer } from './server.ts'

const RUNS = Number(process.env['OUTBOX_RUNS'] ?? 4)

export async function outboxSuite(_house: House, check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-outbox-'))
  const server = await openBatchServer(join(folder, 'page'))
  try {
    await check('keeps everything but the last second and brings all of it to the server, whatever happens', () =>
      fc.assert(
        fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: 'max' }), async (steps) => {
          const { model, real } = await begin(server, mkdtempSync(join(folder, 'profile-')))
          try {
            await fc.asyncModelRun(() => ({ model, real }), steps)
            await checkArrived(model, real)
          } finally {
            await real.browser.kill()
          }
        }),
        { numRuns: RUNS, endOnFailure: true, timeout: 120_000 },
      ),
    )
    await deaths(check, server, mkdtempSync(join(folder, 'profile-')))
    await fullDisk(check, server, mkdtempSync(join(folder, 'profile-')))
    await fullDiskHandOver(check, server, mkdtempSync(join(folder, 'profile-')))
    await blocked(check, server, mkdtempSync(join(folder, 'profile-')))
    await otherTab(check, server, mkdtempSync(join(folder, 'profile-')))
    await clearedAway(check, server, () => mkdtempSync(join(folder, 'profile-')))
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function deaths(check: Check, server: BatchServer, profile: string): Promise<void> {
  const { model, real } = await begin(server, profile)
  try {
    await check('a browser that is killed takes at most the last second along, whenever it is', async () => {
      for (const [beatsForMs, silentForMs] of [
        [0, 1100],
        [700, 0],
        [1700, 0],
        [2300, 300],
      ] as const)
        await beatAndKill(model, real, beatsForMs, silentForMs)
      await checkArrived(model, real)
    })
  } finally {
    await real.browser.kill()
  }
}

async function fullDisk(check: Check, server: BatchServer, profile: string): Promise<void> {
  const { model, real } = await begin(server, profile)
  try {
    await check('a page that opens while the disk is full goes on, and writes once there is room', async () => {
      await append(model, real, 'noor', nextEntries(model, 'noor', ['notification']))
      await real.browser.page.evaluate(() => window.harness.outbox.flush())
      await takeRoom(model, real)
      await reload(model, real)
      await append(model, real, 'noor', nextEntries(model, 'noor', ['notification', 'told']))
      await real.browser.page.waitForFunction(() => window.harness.outbox.state.value.problem === 'full')
      await checkArrived(model, real)
    })
  } finally {
    await real.browser.kill()
  }
}

/** What changes while the disk is full holds in memory: nobody waits for it, and nothing of it is lost once there is room. */
async function fullDiskHandOver(check: Check, server: BatchServer, profile: string): Promise<void> {
  const { model, real } = await begin(server, profile)
  const { page } = real.browser
  try {
    await check(
      'who comes and what is handed over while the disk is full holds at once, and is written in order',
      async () => {
        await takeRoom(model, real)
        const late = madeParticipation({ id: 'late', clientId: 'client-late', strapId: 'strap-9' })
        const seen = await page.evaluate(async (one) => {
          const { outbox, append } = window.harness
          // Nobody who guides a run can wait for either of these.
          void outbox.putParticipation({ ...one, strapId: null })
          void outbox.putParticipation(one)
          append(one.id, [
            { kind: 'joined', atMs: 5, by: 'me', zoneVersionId: null, localOffsetS: 0, plannedMin: null },
          ])
          await outbox.flush().catch(() => undefined)
          const [run] = await outbox.listGroupRuns()
          const known = await outbox.listParticipations(run?.id ?? '')
          const { problem, inMemory } = outbox.state.value
          return { strapId: known.find(({ id }) => id === one.id)?.strapId, problem, isCounted: inMemory > 1 }
        }, late)
        assert.deepEqual(seen, { strapId: 'strap-9', problem: 'full', isCounted: true })
        await giveRoom(model, real)
        await page.waitForFunction(() => window.harness.outbox.state.value.problem === null)
        await page.evaluate(() => window.harness.outbox.flush())
        await page.reload()
        await page.evaluate(() => window.harness.outbox.ready)
        const after = await page.evaluate(async () => {
          const { entries } = await window.harness.readEntries('late')
          const [run] = await window.harness.outbox.listGroupRuns()
          const known = await window.harness.outbox.listParticipations(run?.id ?? '')
          return [known.find(({ id }) => id === 'late')?.strapId, entries.length]
        })
        assert.deepEqual(after, ['strap-9', 1])
      },
    )
  } finally {
    await real.browser.kill()
  }
}

/** Another version of the page, or somebody in the browser's settings, wants the database for itself in the middle of a run. */
async function blocked(check: Check, server: BatchServer, profile: string): Promise<void> {
  const { model, real } = await begin(server, profile)
  const { page } = real.browser
  const other = await real.browser.newTab()
  const problem = () => page.evaluate(() => window.harness.outbox.state.value.problem)
  /** Past the outbox nothing could be read now: whoever asks stands behind the one who waits. */
  const beatOn = async () => {
    for (const runner of runners) await append(model, real, runner, nextEntries(model, runner, ['notification']))
    await page.evaluate(() => window.harness.outbox.flush())
    for (const [runner, stream] of model.streams) {
      const { entries } = await page.evaluate((id) => window.harness.readEntries(id), runner)
      assert.deepEqual(
        entries,
        stream.map(({ entry }) => entry),
      )
    }
  }
  try {
    await other.goto(`${server.url}/nothing`)
    await check('a newer page that wants the database in the middle of a run waits for its end', async () => {
      await other.evaluate(() => {
        const wanted = indexedDB.open('calmpace', 2)
        wanted.addEventListener('blocked', () => document.body.append('blocked'))
        wanted.addEventListener('success', () => document.body.append('has it'))
      })
      await other.getByText('blocked').waitFor()
      await beatOn()
      assert.equal(await problem(), null)
    })
    await check('once the run is over it gives way, says so, and holds in memory what it still hears', async () => {
      await page.evaluate(async () => {
        const { outbox } = window.harness
        for (const run of await outbox.listGroupRuns()) await outbox.putGroupRun({ ...run, endedAtMs: Date.now() })
      })
      await other.getByText('has it').waitFor()
      await page.waitForFunction(() => window.harness.outbox.state.value.problem === 'newer')
      await append(model, real, 'noor', nextEntries(model, 'noor', ['notification', 'told']))
      await page.waitForFunction(() => window.harness.outbox.state.value.inMemory === 2)
    })
  } finally {
    await real.browser.kill()
  }
}

async function otherTab(check: Check, server: BatchServer, profile: string): Promise<void> {
  const { model, real } = await begin(server, profile)
  try {
    const { page: first } = real.browser
    const second = await real.browser.newTab()
    await check('only one tab records: the other reads, and takes over once the first is closed', async () => {
      await openPage(second, server.url)
      const other = await second.evaluate(async () => {
        const { outbox, append } = window.harness
        const refused = (() => {
          try {
            append('noor', [{ kind: 'start', atMs: 9e12 }])
            return false
          } catch {
            return true
          }
        })()
        return [outbox.state.value.problem, refused, (await outbox.readEntries('noor')).entries.length]
      })
      assert.deepEqual(other, ['other_tab', true, 3])
      await first.close()
      await second.waitForFunction(() => window.harness.outbox.state.value.problem === null)
      real.browser = { ...real.browser, page: second }
      await append(model, real, 'noor', nextEntries(model, 'noor', ['notification', 'told']))
      await second.evaluate(() => window.harness.outbox.flush())
      await checkRows(model, real)
    })
    await check('what the browser cleared away under the page is told, and recording goes on', async () => {
      const session = await second.context().newCDPSession(second)
      await session.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' })
      await second.waitForFunction(() => window.harness.outbox.state.value.problem === 'gone')
      await append(model, real, 'noor', nextEntries(model, 'noor', ['notification']))
      await second.waitForFunction(() => window.harness.outbox.state.value.problem === null, null, { timeout: 15_000 })
      const found = await second.evaluate(async () => {
        const { outbox } = window.harness
        await outbox.flush()
        return [(await outbox.listGroupRuns()).length, (await outbox.readEntries('noor')).entries.length > 0]
      })
      assert.deepEqual(found, [1, true])
    })
    await check('writing what ten straps say takes a blink, on the disk and not only on its way', async () => {
      const times: number[] = []
      for (let i = 0; i < 10; i++) {
        for (const runner of runners) await append(model, real, runner, nextEntries(model, runner, ['notification']))
        times.push(await second.evaluate(() => window.harness.timeFlush()))
      }
      console.log(`     a flush took ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`)
      assert.ok((times.toSorted((a, b) => a - b)[5] ?? 0) < 300)
    })
  } finally {
    await real.browser.kill()
  }
}
