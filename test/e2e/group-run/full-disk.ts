// The phone runs full in the middle of a run: it is said before the browser refuses a single heartbeat, with what to do; and
// once there is room again nothing of it is missing.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, pair, settle, startAll, whileRunning } from './steps.ts'
import { dress, lostOf, notificationsIn } from './wearer.ts'

export async function fullDiskRun(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-profile-'))
  const opened = await house.openProfile(folder)
  const [anna] = dress(bluez, ['Anna'], 26)
  assert.ok(anna !== undefined)
  try {
    const { page } = opened
    const chooser = await answerChooser(page)
    const group = await makeGroup(page, url, 'Vol', { Anna: 150 })
    await chooseGroup(page, url, group.name)
    await isHere(page, 'Anna')
    await pair(page, chooser, anna)
    await whileRunning([anna], async () => {
      await startAll(page)
      anna.begin()
      await page.waitForTimeout(1000)
      await check('a disk that runs full is said before it refuses anything, with what to do', async () => {
        await opened.setQuota(1)
        await page.getByText('De telefoon is vol. Verwijder nu').waitFor()
        // Chromium lets the database write on for half a minute.
        assert.equal(await page.getByText('alleen in het geheugen').count(), 0)
      })
      await check(
        'what the disk refuses then waits in memory, counted, and what a reload would do is said',
        async () => {
          await page
            .getByText(/\d+ hartslagen staan alleen in het geheugen\. Laad je opnieuw/)
            .waitFor({ timeout: 60_000 })
        },
      )
      await check('room again is said by saying nothing, and all of it is written', async () => {
        await opened.setQuota(10_000_000_000)
        await page.getByText('De telefoon is vol').waitFor({ state: 'detached', timeout: 30_000 })
      })
    })
    await settle()
    await endAll(page)
    await check('and nothing of it is missing at the clinic', async () => {
      await page.getByText('Alles is verstuurd.').waitFor({ timeout: 30_000 })
      const { file } = await newestRun(page, url, group.clients.get('Anna') ?? '')
      assert.deepEqual(lostOf(anna, notificationsIn(file).bytes), [])
    })
  } finally {
    await opened.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
