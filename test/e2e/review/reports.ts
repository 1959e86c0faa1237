// The pages for the file, printed: one A4 page each, in both languages, no chart cut, text that can be selected.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from '../barriers.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { flagsOf } from './desk.ts'

/** Pages of a PDF as Chromium writes it. */
const countPages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page(?!s)/g)?.length ?? 0
/** A4 without the margins of `report.css`, CSS px. */
const PAPER = { width: Math.round(((210 - 28) / 25.4) * 96), height: Math.round(((297 - 26) / 25.4) * 96) }

/** Boxes of charts that stick out of the paper or of their place. */
const cutCharts = `[...document.querySelectorAll('.report svg')].map((svg) => {
  const box = svg.getBoundingClientRect()
  const place = svg.closest('.report').getBoundingClientRect()
  const inside = [...svg.querySelectorAll('text, path, rect, circle')].every((mark) => {
    const { left, right, top, bottom } = mark.getBoundingClientRect()
    return left >= box.left - 2 && right <= box.right + 2 && top >= box.top - 2 && bottom <= box.bottom + 2
  })
  return { inside, box: [box.left, box.top, box.right, box.bottom], place: [place.left, place.top, place.right, place.bottom] }
}).filter(({ inside, box, place }) => !inside || box[0] < place[0] - 1 || box[2] > place[2] + 1 || box[3] > place[3] + 1)`

export async function printedReports(house: House, check: Check, page: Page): Promise<void> {
  const flags = (await flagsOf(house, page)).filter(({ firstName }) => firstName === 'Hilde')
  const flag = flags.find(({ kind }) => kind === 'F9.hard')
  const today = flags.find(({ kind }) => kind === 'G13.early_signs')
  const paths = {
    run: `/runs/${flag?.runId}/report`,
    'eight weeks': `/clients/${flag?.clientId}/report`,
    "a flag's story": `/review/${flag?.id}/report`,
    'a flag of weeks': `/review/${today?.id}/report`,
  }
  for (const [name, path] of Object.entries(paths))
    for (const [language, lang, standing] of [
      ['Nederlands', 'nl', 'Het stelt geen diagnose'],
      ['English', 'en', 'It makes no diagnosis'],
    ] as const)
      await check(`${name}, ${lang}: one page, no chart cut, text selectable`, async () => {
        // What was printed before may have failed on paper.
        await page.emulateMedia({ media: 'screen' })
        await page.setViewportSize({ width: PAPER.width, height: PAPER.height })
        await page.goto(`${house.url}${path}`)
        await page.getByRole('button', { name: language }).click()
        await page.locator('.report-foot').waitFor()
        await page.locator('.report').filter({ hasText: standing }).waitFor()
        await assertNoBarrier(page)
        await page.emulateMedia({ media: 'print' })
        assert.deepEqual(await page.evaluate(cutCharts), [])
        const shown = await page.locator('.report').boundingBox()
        assert.ok(shown !== null && shown.height <= PAPER.height, `${shown?.height} px of ${PAPER.height}`)
        assert.equal(await page.locator('.report canvas, .report img').count(), 0)
        const hidden = await page
          .locator('header, nav, footer, .screen-only')
          .evaluateAll((all) =>
            all.filter((one) => one.getBoundingClientRect().height > 0).map((one) => one.outerHTML.slice(0, 80)),
          )
        assert.deepEqual(hidden, [])
        const pdf = await page.pdf({ preferCSSPageSize: true })
        assert.equal(countPages(pdf), 1)
        // Text with a map back to letters: it can be selected, searched and read aloud.
        assert.match(pdf.toString('latin1'), /\/ToUnicode/)
      })
  await page.emulateMedia({ media: 'screen' })
  await check('a run is taken along as FHIR and CSV beside its page', async () => {
    await page.goto(`${house.url}${paths.run}`)
    await page.getByRole('button', { name: 'Nederlands' }).click()
    for (const name of ['FHIR-bestand', 'CSV-bestand']) {
      const href = (await page.getByRole('link', { name }).getAttribute('href')) ?? ''
      assert.equal((await page.request.get(`${house.url}${href}`)).status(), 200)
    }
  })
  await page.setViewportSize({ width: 1180, height: 900 })
}
