// The calm limit of a runner: its value, where it came from, earlier limits, and setting a new one.
import { zoneState } from '../../../../../src/domain/zone/zone-state.ts'
import type { Client, Settings, Zone, ZoneVersions } from '../../../../api/api.ts'
import { formatMoment, t } from '../../../../messages/translate.ts'
import { asClause } from '../../../../ui/clause.ts'
import { Misjudged } from './misjudged.tsx'
import { noInputs } from '../../../../../src/domain/zone/zone-inputs.ts'
import { ZoneForm } from './zone-form.tsx'
import { ZoneHistory } from './zone-history.tsx'

export function ZoneCard({
  client,
  zones: { items: zones, misjudgedRuns },
  settings,
  showsHardLimit = true,
  changed,
}: {
  client: Client
  /** Newest first, withdrawn ones among them. */
  zones: ZoneVersions
  /** Null for who does not set limits. */
  settings: Settings | null
  /** Not to the client: they have one line to stay under. */
  showsHardLimit?: boolean
  changed: () => void
}) {
  const { zone } = client
  const earlier = zones.filter(({ id }) => id !== zone?.id)
  return (
    <section class="card">
      <h2>{t('zone.title')}</h2>
      {zone === null || zone.ceilingBpm === null ? <p>{t('zone.none')}</p> : <Ceiling zone={zone} />}
      {zone !== null && <Facts zone={zone} showsHardLimit={showsHardLimit} />}
      {earlier.length > 0 && (
        <ZoneHistory
          clientId={client.id}
          versions={settings === null ? earlier : zones}
          forStaff={settings !== null}
          changed={changed}
        />
      )}
      {settings !== null && (
        <Misjudged
          key={misjudgedRuns}
          clientId={client.id}
          count={misjudgedRuns}
          mayJudge={client.actions.includes('run.judge')}
          changed={changed}
        />
      )}
      {settings !== null && (
        <details>
          <summary>{t('zone.change')}</summary>
          <ZoneForm key={zone?.id ?? ''} client={client} versions={zones} settings={settings} changed={changed} />
        </details>
      )}
    </section>
  )
}

const Ceiling = ({ zone }: { zone: Zone }) => (
  <p class="big">
    {t('zone.ceiling')} {t('zone.bpm', { bpm: zone.ceilingBpm ?? '' })}
  </p>
)

function Facts({ zone, showsHardLimit }: { zone: Zone; showsHardLimit: boolean }) {
  const { talkTestedAtMs } = zone?.inputs ?? noInputs
  const estimate = zone.source === 'hrr_age' || zone.source === 'pctmax_age'
  const showsHard = showsHardLimit && zone.hardBpm !== null
  if (zone.ceilingBpm === null && !showsHard) return null
  return (
    <>
      <p>
        {zone.ceilingBpm !== null &&
          `${t(`zone.source.${zone.source}`)}${estimate ? ` (${t('zone.estimate')})` : ''}${
            zone.reasonForClient === null ? '' : `: ${asClause(zone.reasonForClient)}`
          }. `}
        {t('zone.since', { date: formatMoment(zone.validFromMs) })}.{' '}
        {showsHard && `${t('zone.hard')}: ${zone.hardBpm}.`}
      </p>
      {zone.reason !== null && <p class="quiet">{t('reason.own', { reason: zone.reason })}</p>}
      {zoneState(zone.source, talkTestedAtMs, Date.now()) === 'expired' && (
        <p class="mark" role="note">
          {t('zone.expired')}
        </p>
      )}
    </>
  )
}
