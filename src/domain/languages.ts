// Every language that calmpace speaks. Its texts are `web/messages` and, for the page in a client's zip, `formats/archive/page/words.ts`:
// both are checked against this table by the compiler.

/** Of CSV: semicolon and decimal comma, or comma and point. */
export const csvDialects = ['nl', 'international'] as const
export type CsvDialect = (typeof csvDialects)[number]

interface LanguageFacts {
  /** As its speakers call it. */
  readonly name: string
  /** How days, times and lists are written: English as in Europe (29 Nov 2026, 14:05), where the running is. */
  readonly writtenAs: string
  /** What a spreadsheet in it opens. */
  readonly csvDialect: CsvDialect
}

export const languages = {
  nl: { name: 'Nederlands', writtenAs: 'nl', csvDialect: 'nl' },
  en: { name: 'English', writtenAs: 'en-GB', csvDialect: 'international' },
} as const satisfies Readonly<Record<string, LanguageFacts>>
export type Language = keyof typeof languages
export const languageCodes = Object.keys(languages) as readonly Language[]

/** Of whoever asks for files in this dialect. */
export const languageOfDialect: Readonly<Record<CsvDialect, Language>> = { nl: 'nl', international: 'en' }
