// The time of a flag in words. If nobody has set the date of its run yet (rule T4), it says that the time is unknown,
// and never shows the time of import.
import type { InboxFlag } from '../api/review.ts'
import { formatDay, formatMoment, t } from '../messages/translate.ts'

type Moment = Pick<InboxFlag, 'momentMs' | 'momentOffsetS' | 'momentIsUnknown'>

export const flagMoment = ({ momentMs, momentOffsetS, momentIsUnknown }: Moment): string =>
  momentIsUnknown ? t('flags.dayUnknown') : formatMoment(momentMs, momentOffsetS)

export const aboutMoment = (flag: Moment): string =>
  flag.momentIsUnknown ? t('flags.aboutUnknown') : t('flags.about', { date: flagMoment(flag) })

export const aboutDay = ({ momentMs, momentOffsetS, momentIsUnknown }: Moment): string =>
  momentIsUnknown ? t('flags.dayUnknown') : t('flags.aboutDay', { date: formatDay(momentMs, momentOffsetS) })
