// A person without a mouse: Tab, Enter, space and typing, and nothing else. Fails where a control cannot be reached.
import { strict as assert } from 'node:assert'
import type { Locator, Page } from 'playwright-core'

const MOST_STEPS = 120

type Role = 'button' | 'link' | 'textbox' | 'checkbox' | 'group'

export interface Keyboard {
  /** Tab to a control and stay there. */
  readonly reach: (control: Locator, name: string) => Promise<void>
  readonly press: (role: Role, name: string | RegExp) => Promise<void>
  readonly type: (label: string | RegExp, text: string) => Promise<void>
  readonly tick: (label: string) => Promise<void>
  /** Open what a summary hides. */
  readonly open: (summary: string) => Promise<void>
}

export function keyboardOf(page: Page): Keyboard {
  const reach = async (controls: Locator, name: string) => {
    const control = controls.filter({ visible: true })
    await control.first().waitFor()
    for (let step = 0; step < MOST_STEPS; step++) {
      const has: unknown = await control
        .first()
        .evaluate((element) => element === element.ownerDocument.activeElement)
        .catch(() => false)
      if (has === true) {
        const shown: unknown = await page.evaluate('document.activeElement.matches(":focus-visible")')
        assert.equal(shown, true, `the focus on ${name} cannot be seen`)
        return
      }
      await page.keyboard.press('Tab')
    }
    assert.fail(`${name} cannot be reached with the keyboard`)
  }
  return {
    reach,
    press: async (role, name) => {
      await reach(page.getByRole(role, { name, exact: true }), String(name))
      await page.keyboard.press('Enter')
    },
    type: async (label, text) => {
      await reach(page.getByLabel(label, { exact: typeof label === 'string' }), String(label))
      await page.keyboard.press('Control+a')
      await page.keyboard.type(text)
    },
    tick: async (label) => {
      await reach(page.getByLabel(label, { exact: true }), label)
      await page.keyboard.press('Space')
    },
    open: async (summary) => {
      await reach(page.locator('summary').filter({ hasText: summary }), summary)
      await page.keyboard.press('Enter')
    },
  }
}
