// The fields of a calm limit, holding the facts in force: an emptied field takes its fact away.
import type { ZoneInputs } from '../../../../src/domain/zone/zone-inputs.ts'
import { t } from '../../../messages/translate.ts'
import { zoneFields, type ZoneField } from './zone-draft.ts'

export function ZoneFields({ inForce, hasOwn }: { inForce: ZoneInputs; hasOwn: boolean }) {
  const field = (name: ZoneField) => (
    <label>
      {t(`zone.${name}`)}
      <input
        name={name}
        type="number"
        min={30}
        max={230}
        inputMode="numeric"
        defaultValue={inForce[zoneFields[name]] ?? ''}
      />
    </label>
  )
  const tested = inForce.talkTestedAtMs
  const today = isoDay(Date.now())
  return (
    <>
      <p class="quiet">{t('zone.formWhat')}</p>
      <div class="fields">
        {field('manual')}
        <label>
          {t('zone.reason')}
          <input name="reason" maxLength={500} autocomplete="off" />
        </label>
        {field('hard')}
        {field('talk')}
        <label>
          {t('zone.talkDate')}
          <input name="talkDate" type="date" max={today} defaultValue={tested === null ? '' : isoDay(tested)} />
        </label>
        {field('rest')}
        {field('max')}
        <label>
          {t('zone.validFrom')}
          <input name="validFrom" type="date" max={today} />
        </label>
        {hasOwn && (
          <label class="tick">
            <input name="own" type="checkbox" defaultChecked={inForce.ownCalibration} /> {t('zone.own')}
          </label>
        )}
        <label class="tick">
          <input name="override" type="checkbox" defaultChecked={inForce.overrideAgeEstimate} /> {t('zone.override')}
        </label>
      </div>
    </>
  )
}

/** As a date field holds it. */
const isoDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
