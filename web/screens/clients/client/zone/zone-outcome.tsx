// Shows before saving which limit the form would give, what changes with it, and from when it is valid.
import type { ZoneInputs } from '../../../../../src/domain/zone/zone-inputs.ts'
import type { Client } from '../../../../api/api.ts'
import { formatMoment, t } from '../../../../messages/translate.ts'
import { removedBy, zoneFields, type ZonePreviewed } from './zone-draft.ts'

export function Outcome({
  client,
  inForce,
  changes,
  previewed,
  fromMs,
}: {
  client: Client
  inForce: ZoneInputs
  changes: Partial<ZoneInputs>
  previewed: ZonePreviewed | null
  /** From when it is to hold; null is now. */
  fromMs: number | null
}) {
  if (previewed === null) return <p role="status" />
  const removed = removedBy(inForce, changes)
  const staysManual = inForce.manualCeilingBpm !== null && changes.manualCeilingBpm === undefined
  return (
    <div role="status">
      {previewed.problems.length > 0 && <p>{previewed.problems.map((one) => t(`problem.${one}`)).join(' ')}</p>}
      {previewed.zone !== null && <p>{becomes(previewed.zone)}</p>}
      {previewed.zone !== null && fromMs !== null && <p>{t('zone.holdsFrom', { from: formatMoment(fromMs) })}</p>}
      {previewed.restIsLeftOut && <p class="mark">{t('zone.restLeftOut')}</p>}
      {staysManual && Object.keys(changes).length > 0 && (
        <p>{t('zone.manualStays', { bpm: client.zone?.ceilingBpm ?? '' })}</p>
      )}
      {removed.length > 0 && (
        <p class="mark">
          {t('zone.goes', {
            facts: removed.map((field) => `${t(`zone.${field}`)} ${inForce[zoneFields[field]]}`).join(', '),
          })}
        </p>
      )}
    </div>
  )
}

function becomes({ ceilingBpm, hardBpm, source }: NonNullable<ZonePreviewed['zone']>): string {
  const ceiling =
    ceilingBpm === null ? t('zone.source.none') : `${t('zone.bpm', { bpm: ceilingBpm })}, ${t(`zone.source.${source}`)}`
  const hard = hardBpm === null ? '' : ` ${t('zone.hard')}: ${hardBpm}`
  return `${t('zone.preview')}: ${ceiling}.${hard}`
}
