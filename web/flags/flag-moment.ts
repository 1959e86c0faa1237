// When a flag was, in words; of a run whose date nobody has said yet (rule T4) that it is not known, never the hour at which it
// came in.
import type { InboxFlag } from '../api/review.ts'
import { formatDay, formatMoment, t } from '../messages/translate.ts'

type Moment = Pick<InboxFlag, 'momentMs' | 'momentOffsetS' | 'momentIsUnknown'>

export const flagMoment = ({ momentMs, momentOffsetS, momentIsUnknown }: Moment): string =>
  momentIsUnknown ? t('flags.dayUnknown') : formatMoment(momentMs, momentOffsetS)

export const aboutMoment = (flag: Moment): string =>
  flag.momentIsUnknown ? t('flags.aboutUnknown') : t('flags.about', { date: flagMoment(flag) })

export const aboutDay = ({ momentMs, momentOffsetS, momentIsUnknown }: Moment): string =>
  momentIsUnknown ? t('flags.dayUnknown') : t('flags.aboutDay', { date: formatDay(momentMs, momentOffsetS) })
