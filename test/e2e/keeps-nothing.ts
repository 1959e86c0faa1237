// Browsers that keep no small words for the page: site data are blocked, a view inside another app, or no room.
import type { House } from './house.ts'
import type { Check } from '../support/check.ts'

const stores = `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, `
const browsers = {
  'refuses its storage': `${stores} { get() { throw new DOMException('no', 'SecurityError') } })`,
  'has no storage': `${stores} { value: null })`,
  'has a full storage': `Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }`,
} as const

export async function keepsNothing(house: House, check: Check): Promise<void> {
  for (const [what, script] of Object.entries(browsers))
    await check(`a browser that ${what} shows the page, and changes its language`, async () => {
      const { page } = await house.newPage()
      await page.addInitScript(script)
      await page.goto(`${house.url}/group-run`)
      await page.getByRole('heading', { name: 'Met welke groep?' }).waitFor()
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { name: 'With which group?' }).waitFor()
      await page.context().close()
    })
}
