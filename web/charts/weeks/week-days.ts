// Names of weeks: the Monday that they begin on, short.
import { writtenAs } from '../../messages/translate.ts'

/** @param monday days since 1970 by the local calendar */
export const weekName = (monday: number): string =>
  new Intl.DateTimeFormat(writtenAs(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(monday * 86_400_000)

/** Days since 1970 as a day and month in figures. */
export const dayName = (day: number): string =>
  new Intl.DateTimeFormat(writtenAs(), { day: 'numeric', month: 'numeric', timeZone: 'UTC' }).format(day * 86_400_000)
