// Many files at once, good and bad: a word about each.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { zipSync } from 'fflate'
import { encodeRun, kinetics, START } from '../../fixtures/fit/made-runs.ts'
import { addRunner, chooseFiles, resultOf, type House } from './house.ts'
import type { Check } from '../support/check.ts'

export async function importMany(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await addRunner(page, house.url, 'Sam', 140)
  const client = page.url()
  const linkOf = (file: string) => resultOf(page, file)
  const files = ['calm-run.fit', 'settings.fit', 'truncated.fit'].map(house.fixture)
  await check('each file of an upload gets a word', async () => {
    await chooseFiles(page, [...files, house.fixture('encoder.ts')])
    await page
      .getByText(/^2 rondes ingelezen\. Bij 1: kijk of die dubbel is\. 1 bestand lukte niet\. 1 bestand is geen ronde/)
      .waitFor()
    const failed = page.locator('.results li').filter({ hasText: 'encoder.ts' })
    await failed.getByText('Dit soort bestand kan calmpace niet lezen. Kies een').waitFor()
    await page.getByText('1 bestand zonder ronde').click()
    const quiet = page.locator('.results li').filter({ hasText: 'settings.fit' })
    await quiet.getByText('Hier zit geen ronde in').waitFor()
    await page.locator('.results').getByRole('link', { name: '1 sep 2026 · 29 min' }).waitFor()
    assert.equal(await page.locator('.results li').count(), 4)
  })
  await check('the same files again change nothing', async () => {
    await chooseFiles(page, files)
    await page.getByText('2 rondes waren er al. 1 bestand is geen ronde').waitFor()
    await page.locator('.list .row').nth(1).waitFor()
    assert.equal(await page.locator('.list .row').count(), 2)
  })
  await check('a near duplicate is shown to a person, who decides', async () => {
    await chooseFiles(page, [house.fixture('near-duplicate.fit')])
    await page.getByText('1 ronde ingelezen. Bij 1: kijk of die dubbel is.').waitFor()
    await page.getByRole('heading', { name: 'Ook ingelezen; misschien dubbel' }).waitFor()
    await linkOf('near-duplicate.fit').click()
    // The cut file is of that time too, and is asked beside it.
    const asked = page.locator('section').filter({ hasText: 'Is dit dezelfde ronde als een andere?' })
    await asked.filter({ hasText: 'op hetzelfde moment gemeten' }).waitFor()
    await asked.filter({ hasText: 'gaat samen op en neer' }).getByRole('button', { name: 'Deze weghalen' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sam' }).waitFor()
    assert.equal(await page.locator('.list .row').count(), 2)
  })
  await check('what the watch file lacked is said on the run', async () => {
    await page.locator('.list .row').filter({ hasText: '4 min' }).click()
    await page.getByText('Het bestand stopt midden in de ronde. Wat ervoor zat is bewaard.').waitFor()
  })
  await check(
    'an export of years: opened here, and what was left of it is one line, with each reason behind it',
    async () => {
      const settings = readFileSync(house.fixture('settings.fit'))
      const walk = kinetics([{ forS: 900, targetBpm: 110, speedMPerS: 1.5, stepsPerMin: 110 }], 3)
      const members: Record<string, Uint8Array> = {
        'activities/a.fit': encodeRun(walk, { startTime: START + 400_000 }),
      }
      for (let i = 0; i < 60; i++) members[`monitor/${i}.fit`] = settings
      for (let i = 0; i < 40; i++) members[`media/${i}.jpg`] = new Uint8Array(2000)
      const buffer = Buffer.from(zipSync(members))
      await page.goto(client)
      await page
        .getByLabel('Bestanden kiezen')
        .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer })
      await page.getByText('1 ronde ingelezen. 100 bestanden zijn geen ronde (slaap, foto’s): dat is gewoon.').waitFor()
      await linkOf('export.zip/activities/a.fit').waitFor()
      await page.getByText('100 bestanden zonder ronde').click()
      await page.getByText(/^40 x .*Dit soort bestand/).waitFor()
      const sleep = page.locator('.results li').filter({ hasText: '60 x Hier zit geen ronde in' })
      await sleep.getByText('Nog 60').click()
      assert.equal(await sleep.getByText(/^monitor\/\d+\.fit$/).count(), 60)
    },
  )
  await check('a zip without a run says which one to choose, and a cut one what is missing', async () => {
    const zip = async (name: string, buffer: Buffer) => {
      await page.goto(client)
      const file = { name, mimeType: 'application/zip', buffer }
      await page.getByLabel('Bestanden kiezen').setInputFiles(file)
    }
    const settings = readFileSync(house.fixture('settings.fit'))
    await zip('sleep.zip', Buffer.from(zipSync({ 'a.fit': settings, 'b.fit': settings })))
    await page.getByText('In deze zip zit geen ronde. Kies de export met je activiteiten.').waitFor()
    const walk = kinetics([{ forS: 900, targetBpm: 112, speedMPerS: 1.5, stepsPerMin: 110 }], 3)
    const run = (day: number) => encodeRun(walk, { startTime: START + day * 86_400 })
    const inner = zipSync({ 'in.fit': run(30) })
    const whole = zipSync({ 'first.fit': run(31), 'part1.zip': [inner, { level: 0 }], 'last.fit': run(32) })
    await zip('cut.zip', Buffer.from(whole.subarray(0, whole.length - 400)))
    await page.getByText('2 rondes ingelezen. 1 zip is niet heel. 1 bestand lukte niet.').waitFor()
    await linkOf('cut.zip/part1.zip/in.fit').waitFor()
    await page
      .locator('.results li')
      .filter({ hasText: 'cut.zip/last.fit' })
      .getByText('Download het opnieuw')
      .waitFor()
  })
  await check('a strap with a hole and a watch become one run, and two again', async () => {
    const seconds = kinetics([{ forS: 1500, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const startTime = START + 864_000
    const lost = seconds.map((second, s) => (s >= 500 && s < 1000 ? { ...second, bpm: 0 } : second))
    const upload = (name: string, bytes: Uint8Array) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    })
    await page.goto(client)
    await page
      .getByLabel('Bestanden kiezen')
      .setInputFiles([
        upload('strap.fit', encodeRun(lost, { startTime })),
        upload('watch.fit', encodeRun(seconds, { startTime: startTime + 30, sensor: 'wrist' })),
      ])
    await linkOf('watch.fit').click()
    await page.getByRole('button', { name: 'Ja, dit is één ronde' }).click()
    await page.getByText('Eén ronde uit twee bronnen').waitFor()
    await page.getByText('Mooi gedaan').waitFor()
    await page.getByText(/Bron 2 zat gemiddeld -?\d+ slagen van bron 1 af/).waitFor()
    await page.getByRole('button', { name: 'Uit elkaar halen' }).click()
    await page.getByText('De meting viel vaak weg').waitFor()
  })
  await check('what the server goes on with is shown while it goes on, and its end as that of any upload', async () => {
    const second = kinetics([{ forS: 900, targetBpm: 115, speedMPerS: 1.5, stepsPerMin: 110 }], 3)
    const files = Array.from({ length: 20 }, (_, i) => ({
      name: `dag-${i}.fit`,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(encodeRun(second, { startTime: START + (100 + i) * 86_400 })),
    }))
    await page.goto(client)
    // As where the files take longer than the server waits for them.
    const runs = `${house.url}/api/clients/*/runs`
    await page.route(runs, (route) => route.continue({ headers: { ...route.request().headers(), prefer: 'wait=0' } }))
    await page.getByLabel('Bestanden kiezen').setInputFiles(files)
    await page.getByText('Wat verstuurd is, wordt ook ingelezen als je dit scherm sluit.').waitFor()
    await page.getByText('20 rondes ingelezen.').waitFor()
    await page.unroute(runs)
    await page.reload()
    await page.getByRole('heading', { name: 'Horloge inlezen' }).waitFor()
    assert.equal(await page.getByText('Eerder verstuurd').count(), 0)
  })
  await check(
    'an import that goes on is shown after the page was loaded anew, over a restart too, and until it is seen',
    async () => {
      const second = kinetics([{ forS: 600, targetBpm: 115, speedMPerS: 1.5, stepsPerMin: 110 }], 5)
      const runs = Array.from({ length: 400 }, (_, i) => [
        `activiteiten/ronde-${i}.fit`,
        encodeRun(second, { startTime: START - (10 + i) * 86_400 }),
      ])
      const answer = await page.request.post(`${house.url}/api/clients/${client.split('/').at(-1)}/runs`, {
        headers: { origin: house.url, prefer: 'wait=0' },
        multipart: {
          files: {
            name: 'export-van-jaren.zip',
            mimeType: 'application/zip',
            buffer: Buffer.from(zipSync(Object.fromEntries(runs))),
          },
        },
      })
      assert.equal(answer.status(), 202)
      await page.goto(client)
      const earlier = page.locator('.earlier')
      await earlier.getByText(/^Bezig met inlezen: \d+ bestanden bekeken…$/).waitFor()
      await earlier
        .getByText(/ronde-\d+\.fit/)
        .first()
        .waitFor()
      await page.reload()
      await earlier.getByText(/^Bezig met inlezen: \d+ bestanden bekeken…$/).waitFor()
      await earlier.getByRole('button', { name: 'Stoppen' }).waitFor()
      await house.goDown('SIGKILL')
      await earlier.getByText('Calmpace is nu niet te bereiken. Dit scherm kijkt vanzelf opnieuw.').waitFor()
      await house.comeBack()
      await earlier.getByText('400 rondes ingelezen.').waitFor({ timeout: 90_000 })
      // The server does not know whether all of it was sent.
      await earlier.getByText('Mist er iets? Kies dezelfde bestanden nog eens.').waitFor()
      assert.equal(await earlier.getByText('niet te bereiken').count(), 0)
      await earlier.getByRole('button', { name: 'Gezien' }).click()
      await earlier.waitFor({ state: 'detached' })
      await page.reload()
      await page.getByRole('heading', { name: 'Horloge inlezen' }).waitFor()
      assert.equal(await earlier.count(), 0)
      // The browser told of each request that found nobody there.
      complaints.splice(
        0,
        complaints.length,
        ...complaints.filter((one) => !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(one)),
      )
    },
  )
  await check('nothing complained', async () => assert.deepEqual(complaints, []))
}
