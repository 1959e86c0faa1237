// The page's texts: every text comes from nl.json or en.json, by a key of nl.json. Only the reader's language is
// loaded.
import { signal } from '@preact/signals'
import { IntlMessageFormat } from 'intl-messageformat'
import { languageCodes, languages, type CsvDialect, type Language } from '../../src/domain/languages.ts'
import { keepWord, recallWord } from '../ui/small-memory.ts'
import type nl from './nl.json'

export type MessageKey = keyof typeof nl
type Texts = Readonly<Record<MessageKey, string>>
const loaders: Readonly<Record<Language, () => Promise<{ readonly default: Texts }>>> = {
  nl: () => import('./nl.json'),
  en: () => import('./en.json'),
}
const texts: Partial<Record<Language, Texts>> = {}

/** Dutch, unless the reader chose English or their browser knows no Dutch but English. */
export const locale = signal<Language>(initialLocale())

function initialLocale(): Language {
  const chosen = recallWord('localStorage', 'calmpace.locale')
  const known = languageCodes.find((code) => code === chosen)
  if (known !== undefined) return known
  return navigator.languages.some((language) => language.startsWith('nl')) ? 'nl' : 'en'
}

/** Before the first word is shown.
 *  @throws where they cannot be had: without a network, and not on this device */
export async function loadTexts(wanted: Language): Promise<void> {
  texts[wanted] ??= (await loaders[wanted]()).default
}

/** @throws as `loadTexts`: the language stays what it was then */
export async function chooseLocale(chosen: Language): Promise<void> {
  await loadTexts(chosen)
  keepWord('localStorage', 'calmpace.locale', chosen)
  locale.value = chosen
}

const formats = new Map<string, IntlMessageFormat>()

/** The text of a key in the reader's language. */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  const name = `${locale.value} ${key}`
  const format = formats.get(name) ?? new IntlMessageFormat(texts[locale.value]?.[key] ?? key, writtenAs())
  formats.set(name, format)
  return String(format.format({ ...values }))
}

/** The text of a code that comes from the server, or the fallback where the page does not know it. */
export function tCode(
  prefix: 'file' | 'problem' | 'warning' | 'sensor' | 'mark' | 'action' | 'mine' | 'refused' | 'right' | 'detail',
  code: string,
  fallback: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const key = `${prefix}.${code}`
  return isKey(key) ? t(key, values) : fallback
}

/** Whether there is a text under this key. */
export const isKey = (key: string): key is MessageKey => Object.hasOwn(texts[locale.value] ?? {}, key)

/** How days, times and lists are written. */
export const writtenAs = (): string => languages[locale.value].writtenAs

/** Which CSV the reader's spreadsheet opens. */
export const csvDialect = (): CsvDialect => languages[locale.value].csvDialect

/** A number as the reader writes it, to a tenth. */
export const formatTenths = (value: number): string =>
  new Intl.NumberFormat(writtenAs(), { maximumFractionDigits: 1 }).format(value)

const byOffset = new Map<string, Intl.DateTimeFormat>()

/** A moment as the reader writes it: by a local offset, else in this browser's zone. One that knows its offset is kept, since lists
 *  and small charts ask for hundreds and making one is slow; the browser's own zone may be another one in an hour. */
export function formatAs(options: Intl.DateTimeFormatOptions, atMs: number, localOffsetS: number | null): string {
  if (localOffsetS === null) return new Intl.DateTimeFormat(writtenAs(), options).format(atMs)
  const name = `${writtenAs()} ${JSON.stringify(options)}`
  const format = byOffset.get(name) ?? new Intl.DateTimeFormat(writtenAs(), { ...options, timeZone: 'UTC' })
  byOffset.set(name, format)
  return format.format(atMs + localOffsetS * 1000)
}

/** A day, short. */
export const formatDay = (atMs: number, localOffsetS: number | null = null): string =>
  formatAs({ day: 'numeric', month: 'short' }, atMs, localOffsetS)

/** A day with its year, in the place where the run was. */
export const formatDate = (atMs: number, localOffsetS: number | null = null): string =>
  formatAs({ dateStyle: 'medium' }, atMs, localOffsetS)

/** The time of day in this browser's zone: 14:51. */
export const formatTime = (atMs: number): string => formatAs({ timeStyle: 'short' }, atMs, null)

/** A moment in the place where the run was: by the device's own offset, else by this browser's zone. */
export const formatMoment = (atMs: number, localOffsetS: number | null = null): string =>
  formatAs({ dateStyle: 'medium', timeStyle: 'short' }, atMs, localOffsetS)
