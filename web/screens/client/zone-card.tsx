// The calm limit of a runner: what it is, where it came from, and setting a new one with a preview by the same judge.
import { useState } from 'preact/hooks'
import { overrideParameters } from '../../../src/domain/parameters/parameters.ts'
import { resolveZone, type ZoneFacts } from '../../../src/domain/zone/resolve-zone.ts'
import { zoneState } from '../../../src/domain/zone/zone-state.ts'
import {
  addZone,
  previewZone,
  type Client,
  type Settings,
  type Zone,
  type ZoneInput,
  type ZonePreview,
} from '../../api/api.ts'
import { ApiError, codeOf } from '../../api/request.ts'
import { formatMoment, t, tCode } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'
import { failureText } from '../../ui/waiting.tsx'
import { PreviewTable } from '../preview/preview-table.tsx'

export function ZoneCard({
  client,
  zones,
  settings,
  showsHardLimit = true,
  changed,
}: {
  client: Client
  zones: readonly Zone[]
  /** Null for who does not set limits. */
  settings: Settings | null
  /** Not to the client: they have one line to stay under. */
  showsHardLimit?: boolean
  changed: () => void
}) {
  const [zone, ...earlier] = zones
  return (
    <section class="card">
      <h2>{t('zone.title')}</h2>
      {zone === undefined || zone.ceilingBpm === null ? (
        <p>{t('zone.none')}</p>
      ) : (
        <Limits zone={zone} showsHardLimit={showsHardLimit} />
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{t('zone.history')}</summary>
          <ul>
            {earlier.map((one) => (
              <li key={one.id}>
                {formatMoment(one.validFromMs)}:{' '}
                {one.ceilingBpm === null ? t('zone.source.none') : t('zone.bpm', { bpm: one.ceilingBpm })},{' '}
                {t(`zone.source.${one.source}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {settings !== null && (
        <details>
          <summary>{t('zone.change')}</summary>
          <ZoneForm client={client} settings={settings} changed={changed} />
        </details>
      )}
    </section>
  )
}

function Limits({ zone, showsHardLimit }: { zone: Zone; showsHardLimit: boolean }) {
  const tested = zone.inputs['talkTestedAtMs']
  const talkTestedAtMs = typeof tested === 'number' ? tested : null
  const estimate = zone.source === 'hrr_age' || zone.source === 'pctmax_age'
  return (
    <>
      <p class="big">
        {t('zone.ceiling')} {t('zone.bpm', { bpm: zone.ceilingBpm ?? '' })}
      </p>
      <p>
        {t(`zone.source.${zone.source}`)}
        {estimate && ` (${t('zone.estimate')})`}
        {zone.reason !== null && `: ${zone.reason}`}. {t('zone.since', { date: formatMoment(zone.validFromMs) })}.
        {showsHardLimit && zone.hardBpm !== null && ` ${t('zone.hard')}: ${zone.hardBpm}.`}
      </p>
      {zoneState(zone.source, talkTestedAtMs, Date.now()) === 'expired' && (
        <p class="mark" role="note">
          {t('zone.expired')}
        </p>
      )}
    </>
  )
}

interface Draft {
  readonly manualCeilingBpm: number | null
  readonly manualHardBpm: number | null
  readonly restBpm: number | null
  readonly measuredMaxBpm: number | null
  readonly talkCeilingBpm: number | null
  readonly talkTestedAtMs: number | null
  readonly ownCalibration: boolean
  readonly overrideAgeEstimate: boolean
}

function readDraft(form: HTMLFormElement): Draft {
  const ticked = (name: string) => formText(form, name) === 'on'
  const number = (name: string) => {
    const text = formText(form, name)
    return text === '' ? null : Number(text)
  }
  const date = formText(form, 'talkDate')
  return {
    manualCeilingBpm: number('manual'),
    manualHardBpm: number('hard'),
    restBpm: number('rest'),
    measuredMaxBpm: number('max'),
    talkCeilingBpm: number('talk'),
    talkTestedAtMs: date === '' ? null : Date.parse(date),
    ownCalibration: ticked('own'),
    overrideAgeEstimate: ticked('override'),
  }
}

/** As the server takes it. */
function inputOf(form: HTMLFormElement): ZoneInput {
  const reason = formText(form, 'reason')
  const inputs = { ...readDraft(form), ageFormulaConfirmed: false }
  return {
    inputs: { ...inputs, measuredMaxOnCurrentMedication: inputs.ownCalibration },
    reason: reason === '' ? null : reason,
  }
}

/** What the judge would make of it now. */
function preview(client: Client, draft: Draft, settings: Settings) {
  const { talkTestedAtMs, ...facts } = draft
  const p = overrideParameters(settings.current.parameters).zone
  const all: ZoneFacts = {
    ...facts,
    ageYears: new Date().getFullYear() - client.birthYear,
    watchLevel: client.watchLevel,
    measuredMaxOnCurrentMedication: draft.ownCalibration,
    talkAgeDays: talkTestedAtMs === null ? null : (Date.now() - talkTestedAtMs) / 86_400_000,
  }
  return resolveZone(all, p)
}

function ZoneForm({ client, settings, changed }: { client: Client; settings: Settings; changed: () => void }) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const previewed = draft === null ? null : preview(client, draft, settings)
  const [shown, setShown] = useState<ZonePreview | null>(null)
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    try {
      await work()
    } catch (error) {
      const code = codeOf(error)
      const errors = error instanceof ApiError ? error.errors : []
      setProblem(
        code === 'ZONE_REJECTED' ? errors.map((one) => tCode('problem', one, one)).join(' ') : failureText(code),
      )
    }
  }
  const field = (name: string, label: string) => (
    <label>
      {label}
      <input name={name} type="number" min={30} max={230} inputMode="numeric" />
    </label>
  )
  return (
    <form
      onInput={(event) => {
        setDraft(readDraft(event.currentTarget))
        setShown(null)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        const input = inputOf(event.currentTarget)
        void attempt(() => addZone(client.id, input).then(changed))
      }}
    >
      <div class="fields">
        {field('manual', t('zone.manual'))}
        <label>
          {t('zone.reason')}
          <input name="reason" maxLength={500} autocomplete="off" />
        </label>
        {field('hard', t('zone.hard'))}
        {field('talk', t('zone.talk'))}
        <label>
          {t('zone.talkDate')}
          <input name="talkDate" type="date" />
        </label>
        {field('rest', t('zone.rest'))}
        {field('max', t('zone.max'))}
        {settings.current.ruleSets.includes('medicine') && (
          <label class="tick">
            <input name="own" type="checkbox" /> {t('zone.own')}
          </label>
        )}
        <label class="tick">
          <input name="override" type="checkbox" /> {t('zone.override')}
        </label>
      </div>
      <p role="status">
        {previewed !== null &&
          (previewed.ok
            ? `${t('zone.preview')}: ${previewed.zone.ceilingBpm === null ? t('zone.source.none') : `${t('zone.bpm', { bpm: previewed.zone.ceilingBpm })}, ${t(`zone.source.${previewed.zone.source}`)}. ${t('zone.hard')}: ${previewed.zone.hardBpm}`}`
            : previewed.problems.map((one) => t(`problem.${one}`)).join(' '))}
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      {shown !== null && <PreviewTable preview={shown} />}
      <p class="actions">
        <button type="submit" class="main">
          {t('zone.save')}
        </button>
        <button
          type="button"
          onClick={(event) => {
            const { form } = event.currentTarget
            if (form !== null) void attempt(async () => setShown(await previewZone(client.id, inputOf(form))))
          }}
        >
          {t('preview.ask')}
        </button>
      </p>
    </form>
  )
}
