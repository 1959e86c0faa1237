// One report of a client: in words, with their own words quoted.
import { formatTenths, t } from '../../../messages/translate.ts'
import { selfReportWords } from './self-report-words.ts'

type SelfReport = Parameters<typeof selfReportWords>[0] & { readonly whatHelped: string | null }

export const SelfReportLine = ({ report }: { report: SelfReport }) => (
  <>
    {selfReportWords(report)
      .map(({ key, value }) => t(key, value === null ? {} : { value: formatTenths(value) }))
      .join(', ')}{' '}
    {report.whatHelped !== null && <q>{report.whatHelped}</q>}
  </>
)
