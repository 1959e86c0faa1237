// What a person must have seen before a limit is saved, one tick each: the old and the new number of what rises, and numbers
// that ask for caution (rules B11, B12).
import type { ToConfirm } from '../../../../src/domain/zone/zone-change.ts'
import { t } from '../../../messages/translate.ts'

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
