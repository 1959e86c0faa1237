// What a person sees of the tiles in each frame, noted by the page itself: a number counts as present unless it is greyed or
// gone, by whatever means, style sheet or script.
import type { Page } from 'playwright-core'

export interface SeenTile {
  readonly alias: string
  /** Null where none stands as the present one. */
  readonly bpm: number | null
  /** Whether "calm" can be read. */
  readonly isCalm: boolean
}
export interface SeenFrame {
  /** When it was begun, UTC epoch ms, by a clock that nobody sets. A page that is stopped in the middle of a frame ends that one
   *  first. */
  readonly atMs: number
  readonly tiles: readonly SeenTile[]
}

declare global {
  interface Window {
    frames_seen?: SeenFrame[]
  }
}

/** From now on, frame by frame. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: SeenFrame[] = (window.frames_seen = [])
    const isSeen = (element: Element | null): element is Element =>
      element !== null && getComputedStyle(element).visibility === 'visible'
    const look = (frameMs: number) => {
      const tiles = [...document.querySelectorAll('.tile')].map((tile): SeenTile => {
        const number = tile.querySelector('.bpm')
        const isPresent = isSeen(number) && getComputedStyle(number).fontStyle === 'normal'
        const bpm = Number.parseInt(number?.textContent ?? '', 10)
        const state = tile.querySelector('.state-words')
        return {
          alias: tile.querySelector('.alias')?.textContent ?? '',
          bpm: isPresent && !Number.isNaN(bpm) ? bpm : null,
          isCalm: isSeen(state) && (state.textContent ?? '').includes('Rustig'),
        }
      })
      frames.push({ atMs: performance.timeOrigin + frameMs, tiles })
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** All frames so far. */
export const framesOf = (page: Page): Promise<readonly SeenFrame[]> => page.evaluate(() => window.frames_seen ?? [])
