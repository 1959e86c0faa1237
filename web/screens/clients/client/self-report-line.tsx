// What a client told once, in words and with their own words quoted.
import { formatTenths, t } from '../../../messages/translate.ts'
import { toldWords } from './self-report-words.ts'

type Told = Parameters<typeof toldWords>[0] & { readonly whatHelped: string | null }

export const ToldLine = ({ told }: { told: Told }) => (
  <>
    {toldWords(told)
      .map(({ key, value }) => t(key, value === null ? {} : { value: formatTenths(value) }))
      .join(', ')}{' '}
    {told.whatHelped !== null && <q>{told.whatHelped}</q>}
  </>
)
