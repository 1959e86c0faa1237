// Short names of weeks: the Monday on which they begin.
import { formatAs, formatDay } from '../../messages/translate.ts'

const DAY_MS = 86_400_000

/** @param monday days since 1970 by the local calendar */
export const weekName = (monday: number): string => formatDay(monday * DAY_MS, 0)

/** Days since 1970 as a day and month in figures. */
export const dayName = (day: number): string => formatAs({ day: 'numeric', month: 'numeric' }, day * DAY_MS, 0)
