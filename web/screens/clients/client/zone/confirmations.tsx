// What a person must confirm before a limit is saved, one tick each: the old and new number of each rising limit, and
// numbers that need care (rules B11, B12).
import { zoneConfirmations, type ToConfirm } from '../../../../../src/domain/zone/zone-change.ts'
import { ApiError } from '../../../../api/request.ts'
import { t } from '../../../../messages/translate.ts'

export function Confirmations({ toConfirm }: { toConfirm: readonly ToConfirm[] }) {
  if (toConfirm.length === 0) return null
  return (
    <fieldset class="card attention">
      <legend>{t('zone.confirm')}</legend>
      {toConfirm.map((one) => (
        <label class="tick" key={one.code}>
          <input name="confirm" type="checkbox" value={one.code} required /> {wordsOf(one)}
        </label>
      ))}
    </fieldset>
  )
}

function wordsOf(one: ToConfirm): string {
  if ('bpm' in one) return t(`zone.confirm.${one.code}`, { bpm: one.bpm })
  const { code, fromBpm, toBpm } = one
  return toBpm === null
    ? t(`zone.confirm.${code}.gone`, { from: fromBpm })
    : t(`zone.confirm.${code}`, { from: fromBpm, to: toBpm })
}

export const confirmCodes = Object.keys(zoneConfirmations) as (keyof typeof zoneConfirmations)[]

/** What the server asks to be confirmed; nothing where it asked for none. */
export function askedBy(error: unknown): readonly ToConfirm[] {
  const problem = error instanceof ApiError ? error.problem : null
  const asked: unknown = typeof problem === 'object' && problem !== null ? Reflect.get(problem, 'toConfirm') : null
  return Array.isArray(asked) ? asked.filter(isToConfirm) : []
}

/** Each once, by the newer numbers. */
export const withNewer = (before: readonly ToConfirm[], newer: readonly ToConfirm[]): ToConfirm[] => [
  ...before.filter(({ code }) => !newer.some((one) => one.code === code)),
  ...newer,
]

const isToConfirm = (one: unknown): one is ToConfirm =>
  typeof one === 'object' && one !== null && confirmCodes.some((code) => code === Reflect.get(one, 'code'))
