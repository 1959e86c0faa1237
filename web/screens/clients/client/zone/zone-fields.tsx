// The fields of a calm limit, filled with the current facts. An emptied field removes its fact.
import type { ZoneInputs } from '../../../../../src/domain/zone/zone-inputs.ts'
import { t, type MessageKey } from '../../../../messages/translate.ts'
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
          <textarea name="reason" rows={2} maxLength={500} />
        </label>
        <label>
          {t('zone.reasonForClient')}
          <textarea name="reasonForClient" rows={2} maxLength={500} />
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
        {hasOwn && <MedicineFields inForce={inForce} today={today} />}
        <label class="tick">
          <input name="override" type="checkbox" defaultChecked={inForce.overrideAgeEstimate} /> {t('zone.override')}
        </label>
      </div>
    </>
  )
}

/** What rules A8 to A11 ask: that something is so, never what. */
function MedicineFields({ inForce, today }: { inForce: ZoneInputs; today: string }) {
  const measured = inForce.restMeasuredAtMs
  const tick = (name: string, isOn: boolean, text: MessageKey) => (
    <label class="tick">
      <input name={name} type="checkbox" defaultChecked={isOn} /> {t(text)}
    </label>
  )
  return (
    <>
      {tick('own', inForce.ownCalibration, 'zone.own')}
      {tick('raising', inForce.rateRaising, 'zone.raising')}
      <label>
        {t('zone.restDate')}
        <input name="restDate" type="date" max={today} defaultValue={measured === null ? '' : isoDay(measured)} />
      </label>
      {tick('restAsNow', inForce.restOnCurrentMedication, 'zone.restAsNow')}
    </>
  )
}

/** As a date field holds it. */
const isoDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
