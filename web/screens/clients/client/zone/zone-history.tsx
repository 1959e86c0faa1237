// Every version of a calm limit. Staff see its hard limit, who saved it, why, and the facts behind it, and can withdraw
// a wrong one (rule B12).
import { useState } from 'preact/hooks'
import type { ToConfirm } from '../../../../../src/domain/zone/zone-change.ts'
import { inForce } from '../../../../../src/domain/zone/zone-versions.ts'
import { withdrawZone, type Zone } from '../../../../api/api.ts'
import { formatDay, formatMoment, t } from '../../../../messages/translate.ts'
import { asClause } from '../../../../ui/clause.ts'
import { Form } from '../../../../ui/form.tsx'
import { formText, formTicks } from '../../../../ui/form-text.ts'
import { askedBy, confirmCodes, Confirmations, withNewer } from './confirmations.tsx'
import { zoneFields, type ZoneField } from './zone-draft.ts'

export function ZoneHistory({
  clientId,
  versions,
  forStaff,
  changed,
}: {
  clientId: string
  versions: readonly Zone[]
  forStaff: boolean
  changed: () => void
}) {
  const holds = inForce(versions, Date.now())
  const before = inForce(
    versions.filter((one) => one !== holds),
    Date.now(),
  )
  return (
    <details>
      <summary>{t(forStaff ? 'zone.versions' : 'zone.history')}</summary>
      <ul>
        {versions.map((one) => (
          <li key={one.id}>
            {formatMoment(one.validFromMs)}:{' '}
            {one.ceilingBpm === null ? t('zone.source.none') : t('zone.bpm', { bpm: one.ceilingBpm })},{' '}
            {t(`zone.source.${one.source}`)}
            {forStaff && (
              <ForStaff clientId={clientId} zone={one} back={one === holds ? before : undefined} changed={changed} />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

interface OfVersion {
  readonly clientId: string
  readonly zone: Zone
  /** What holds again once this is withdrawn: null is none, undefined where it changes nothing of now. */
  readonly back: Zone | null | undefined
  readonly changed: () => void
}

function ForStaff({ clientId, zone, back, changed }: OfVersion) {
  const { hardBpm, by, reason, reasonForClient, createdAtMs, validFromMs, withdrawn } = zone
  const facts = factLines(zone)
  return (
    <>
      {hardBpm !== null && `. ${t('zone.hard')}: ${hardBpm}`}
      {by !== null && `. ${t('zone.savedBy', { name: by })}`}
      {reasonForClient !== null && `: ${asClause(reasonForClient)}`}
      {createdAtMs - validFromMs > 60_000 && `. ${t('zone.savedOn', { date: formatMoment(createdAtMs) })}`}
      {reason !== null && <div class="quiet">{t('reason.own', { reason })}</div>}
      {facts.length > 0 && <div class="quiet">{facts.join(', ')}</div>}
      {withdrawn === null ? (
        <Withdraw clientId={clientId} zone={zone} back={back} changed={changed} />
      ) : (
        <div class="mark">
          {t('zone.withdrawn', {
            date: formatMoment(withdrawn.atMs),
            name: withdrawn.by ?? 'calmpace',
            reason: withdrawn.reason ?? '',
          })}
        </div>
      )}
    </>
  )
}

/** The numbers that a version rests on. */
function factLines(zone: Zone): string[] {
  const { inputs } = zone
  const lines = (Object.keys(zoneFields) as ZoneField[]).flatMap((field) => {
    const bpm = inputs[zoneFields[field]]
    return bpm === null ? [] : [`${t(`zone.${field}`)} ${bpm}`]
  })
  const tested = inputs.talkTestedAtMs
  return tested === null ? lines : [...lines, `${t('zone.talkDate')} ${formatDay(tested)}`]
}

function Withdraw({ clientId, zone, back, changed }: OfVersion) {
  // A limit that rises by it, or goes, is seen first.
  const [asked, setAsked] = useState<readonly ToConfirm[]>([])
  return (
    <details>
      <summary>{t('zone.withdraw')}</summary>
      <p class="quiet">{t('zone.withdrawWhat')}</p>
      {back !== undefined && <p class="mark">{t('zone.withdrawThen', { limits: limitsOf(back) })}</p>}
      <Form
        label={t('zone.withdrawNow')}
        main={false}
        draft={{ what: `withdraw ${zone.id}`, clientId }}
        submit={async (form) => {
          const confirmed = formTicks(form, 'confirm', confirmCodes)
          await withdrawZone(clientId, zone.id, { reason: formText(form, 'why'), confirmed }).catch(
            (error: unknown) => {
              setAsked((before) => withNewer(before, askedBy(error)))
              throw error
            },
          )
          changed()
        }}
      >
        <label>
          {t('zone.withdrawWhy')}
          <input name="why" required maxLength={500} autocomplete="off" />
        </label>
        <Confirmations toConfirm={asked} />
      </Form>
    </details>
  )
}

function limitsOf(zone: Zone | null): string {
  if (zone === null || zone.ceilingBpm === null) return t('zone.source.none')
  const ceiling = t('zone.bpm', { bpm: zone.ceilingBpm })
  return zone.hardBpm === null ? ceiling : `${ceiling} (${t('zone.hard')}: ${zone.hardBpm})`
}
