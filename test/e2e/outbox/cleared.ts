// The database is taken away under the page in the middle of a run: by the browser, which wants room, or by somebody in its
// settings. What was recorded before is put back, what comes is taken, and all of it reaches the server.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { Check } from '../../support/check.ts'
import { begin, checkArrived } from './begun.ts'
import { append, nextEntries, reload, runners, send, type Model, type Real } from './model.ts'
import type { BatchServer } from './server.ts'

export async function clearedAway(check: Check, server: BatchServer, newProfile: () => string): Promise<void> {
  await inRun(server, newProfile(), async (model, real) => {
    const { page } = real.browser
    await check('a database that the browser deletes in a run takes not one entry along', async () => {
      await beatOn(model, real, 120)
      await send(real, 'well')
      await beatOn(model, real, 130)
      // Their last batches are open, and nothing new comes that would write them anew.
      const before = await deleteAll(page, server)
      await append(model, real, 'noor', nextEntries(model, 'noor', ['notification', 'told']))
      await page.waitForFunction(() => window.harness.outbox.state.value.problem === null, null, { timeout: 15_000 })
      assert.deepEqual(before, { lost: 0, problem: 'gone' })
      await page.waitForTimeout(1500)
      await reload(model, real)
      for (const runner of runners) assert.equal((model.streams.get(runner) ?? []).length, LENGTHS[runner])
      await checkArrived(model, real)
    })
  })
  await inRun(server, newProfile(), async (model, real) => {
    const { page } = real.browser
    await check('a database that is deleted by hand goes after the run, and what was not sent still is', async () => {
      const other = await real.browser.newTab()
      await other.goto(`${server.url}/nothing`)
      await other.evaluate(() => {
        const deleted = indexedDB.deleteDatabase('calmpace')
        deleted.addEventListener('blocked', () => document.body.append('blocked'))
        deleted.addEventListener('success', () => document.body.append('deleted'))
      })
      await other.getByText('blocked').waitFor()
      await beatOn(model, real, 150)
      assert.equal(await page.evaluate(() => window.harness.outbox.state.value.problem), null)
      for (const runner of runners) await append(model, real, runner, nextEntries(model, runner, ['stop']))
      await page.evaluate(async () => {
        const { outbox } = window.harness
        for (const run of await outbox.listGroupRuns()) await outbox.putGroupRun({ ...run, endedAtMs: Date.now() })
      })
      await other.getByText('deleted').waitFor()
      await send(real, 'well')
      await send(real, 'well')
      const { lost, unsent } = await page.evaluate(() => window.harness.outbox.state.value)
      assert.deepEqual([lost, unsent], [0, 0])
      for (const runner of runners) assert.ok((server.arrived.get(runner)?.size ?? 0) >= 2, runner)
    })
  })
}

/** Joined, strap and start; then 250 beats, of noor one more and a mark. */
const LENGTHS = { noor: 255, mo: 253, bo: 253 } as const

async function inRun(
  server: BatchServer,
  profile: string,
  work: (model: Model, real: Real) => Promise<void>,
): Promise<void> {
  const { model, real } = await begin(server, profile)
  try {
    await work(model, real)
  } finally {
    await real.browser.kill()
  }
}

async function beatOn(model: Model, real: Real, beats: number): Promise<void> {
  const kinds = Array.from({ length: beats }, () => 'notification' as const)
  for (const runner of runners) await append(model, real, runner, nextEntries(model, runner, kinds))
  await real.browser.page.evaluate(() => window.harness.outbox.flush())
}

/** @returns what the page says of it then */
async function deleteAll(page: Page, { url }: BatchServer): Promise<{ lost: number; problem: string | null }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'indexeddb' })
  await page.waitForFunction(() => window.harness.outbox.state.value.problem === 'gone')
  return page.evaluate(() => {
    const { lost, problem } = window.harness.outbox.state.value
    return { lost, problem }
  })
}
