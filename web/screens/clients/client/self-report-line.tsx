// One report of a client: in words, with their own words quoted.
import { formatTenths, t } from '../../../messages/translate.ts'
import { selfReportWords } from './self-report-words.ts'

type SelfReport = Parameters<typeof selfReportWords>[0] & { readonly whatHelped: string | null }

export const SelfReportLine = ({ told }: { told: SelfReport }) => (
  <>
    {selfReportWords(told)
      .map(({ key, value }) => t(key, value === null ? {} : { value: formatTenths(value) }))
      .join(', ')}{' '}
    {told.whatHelped !== null && <q>{told.whatHelped}</q>}
  </>
)
