// How days, moments and numbers are written on the page in a client's zip, and the small pieces of HTML that all of it is made of.
import type { ArchivedRun } from '../client-archive.ts'
import { isUndated } from '../../../domain/dating.ts'
import { element, escapeHtml } from './html.ts'
import type { PageWords } from './words.ts'

export class Written {
  readonly #words: PageWords
  readonly #timeZone: string

  /** @param timeZone of the clinic: of what was told, and of runs whose recording says none */
  constructor(words: PageWords, timeZone: string) {
    this.#words = words
    this.#timeZone = timeZone
  }

  day(atMs: number): string {
    return this.#format(atMs, this.#timeZone, { dateStyle: 'long' })
  }

  moment(atMs: number): string {
    return this.#format(atMs, this.#timeZone, { dateStyle: 'long', timeStyle: 'short' })
  }

  /** When a run was, where it was. */
  start(run: ArchivedRun): string {
    return isUndated(run.dating ?? null)
      ? this.#words.undated(this.moment(run.importedAtMs))
      : this.#ofRun(run, { dateStyle: 'full', timeStyle: 'short' })
  }

  dayOfRun(run: ArchivedRun): string {
    return this.#ofRun(run, { dateStyle: 'long' })
  }

  /** What its device's clock said, where that cannot be right. */
  watch({ recording, dating }: ArchivedRun): string {
    const atMs = dating?.fileStartedAtMs ?? recording.startedAtMs
    const { localOffsetS } = recording
    return this.#format(atMs + (localOffsetS ?? 0) * 1000, localOffsetS === null ? this.#timeZone : 'UTC', {
      dateStyle: 'long',
      timeStyle: 'short',
    })
  }

  month(run: ArchivedRun): string {
    return isUndated(run.dating ?? null)
      ? this.#words.undatedRuns
      : this.#ofRun(run, { month: 'long', year: 'numeric' })
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#words.locale, { maximumFractionDigits: 1 }).format(value)
  }

  /** 1 is Monday. The first of January 2024 was one. */
  weekday(weekday: number): string {
    return this.#format(Date.UTC(2024, 0, weekday), 'UTC', { weekday: 'long' })
  }

  #ofRun({ recording, startOffsetS }: ArchivedRun, style: Intl.DateTimeFormatOptions): string {
    const offsetS = recording.localOffsetS ?? startOffsetS ?? null
    return offsetS === null
      ? this.#format(recording.startedAtMs, this.#timeZone, style)
      : this.#format(recording.startedAtMs + offsetS * 1000, 'UTC', style)
  }

  #format(atMs: number, timeZone: string, style: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#words.locale, { ...style, timeZone }).format(atMs)
  }
}

export const paragraph = (text: string, attributes = ''): string =>
  text === '' ? '' : element('p', escapeHtml(text), attributes)

export const list = (items: readonly string[]): string =>
  items.length === 0
    ? ''
    : element('ul', items.map((item) => element('li', escapeHtml(item))).join(''), 'class="plain card"')

export const link = (path: string, words: string): string =>
  element('a', escapeHtml(words), `href="${escapeHtml(path.split('/').map(encodeURIComponent).join('/'))}"`)
