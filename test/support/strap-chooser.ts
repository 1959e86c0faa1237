// Answers Chromium's list of Bluetooth devices for a page, over the DevTools protocol: a person who chooses one strap, or
// who closes the list. A second answer to one list crashes Chromium, so each is answered once.
import type { Page } from 'playwright-core'

export interface StrapChooser {
  /** Choose this one, by address or name, in the lists from now on; null: close them. */
  readonly want: (strap: string | null) => void
  /** How many lists have been opened. */
  readonly opened: () => number
}

interface Prompt {
  readonly id: string
  readonly devices: readonly { readonly id: string; readonly name: string }[]
}

/** Holds for the page's whole life, over reloads too. A list stays open until the wanted strap is in it. */
export async function answerChooser(page: Page): Promise<StrapChooser> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('DeviceAccess.enable')
  const seen = new Set<string>()
  const answered = new Set<string>()
  let wanted: string | null = null
  devTools.on('DeviceAccess.deviceRequestPrompted', ({ id, devices }: Prompt) => {
    seen.add(id)
    const device = devices.find((one) => one.id === wanted || one.name === wanted)
    if (answered.has(id) || (wanted !== null && device === undefined)) return
    answered.add(id)
    const answer =
      device === undefined
        ? devTools.send('DeviceAccess.cancelPrompt', { id })
        : devTools.send('DeviceAccess.selectPrompt', { id, deviceId: device.id })
    // The page may be gone by then.
    answer.catch(() => {})
  })
  return {
    want: (strap) => {
      wanted = strap
    },
    opened: () => seen.size,
  }
}
