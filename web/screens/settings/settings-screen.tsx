// The clinic's settings: time zone, how long readings are kept, rule sets that read as statements about health,
// parameters. Each change has a reason.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { retentionBounds } from '../../../src/domain/retention.ts'
import { changeSettings, findSettings, previewSettings, type ClinicPreview, type Settings } from '../../api/api.ts'
import { ApiError, codeOf } from '../../api/request.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'
import { Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { failureWords, Waiting } from '../../ui/waiting.tsx'
import { PreviewTable } from '../review/preview/preview-table.tsx'
import { readSupport, SupportFields } from './support-fields.tsx'

/** @param mayChange else it is to read */
export function SettingsScreen({ mayChange }: { mayChange: boolean }) {
  const [loaded, again] = useLoaded('settings', findSettings)
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const settings = loaded.value
  return (
    <>
      <p>
        <Link to="/">← {t('app.back')}</Link>
      </p>
      <h1>{t('settings.title')}</h1>
      <SettingsForm key={settings.current.version} settings={settings} mayChange={mayChange} changed={again} />
      <History settings={settings} />
    </>
  )
}

function readForm(form: HTMLFormElement, settings: Settings) {
  const changed = settings.parameters
    .map(({ name, default: usual }) => [name, Number(formText(form, name)), usual] as const)
    .filter(([, value, usual]) => value !== usual)
  return {
    seenVersion: settings.current.version,
    timeZone: formText(form, 'timeZone'),
    retentionDays: Number(formText(form, 'retentionDays')),
    ruleSets: settings.ruleSets.map(({ name }) => name).filter((name) => formText(form, name) === 'on'),
    parameters: Object.fromEntries(changed.map(([name, value]) => [name, value])),
    support: readSupport(form),
    reason: formText(form, 'reason'),
  }
}

function SettingsForm({
  settings,
  mayChange,
  changed,
}: {
  settings: Settings
  mayChange: boolean
  changed: () => void
}) {
  const [problem, setProblem] = useState<ComponentChildren>(null)
  const [shown, setShown] = useState<ClinicPreview | null>(null)
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    try {
      await work()
    } catch (error) {
      const code = codeOf(error)
      const named = error instanceof ApiError ? error.errors.map((one) => one.split(' ').at(-1)).join(', ') : ''
      setProblem(
        failureWords(error, code === 'SETTINGS_REJECTED' ? t('settings.rejected', { names: named }) : undefined),
      )
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = readForm(event.currentTarget, settings)
        void attempt(() => changeSettings(wanted).then(changed))
      }}
      onInput={() => setShown(null)}
    >
      <section class="card">
        <h2>{t('settings.sets')}</h2>
        <p>{t('settings.setsWhy')}</p>
        {settings.ruleSets.map(({ name, on, rules }) => (
          <label key={name} class="tick">
            <input name={name} type="checkbox" defaultChecked={on} disabled={!mayChange} /> {t(`settings.set.${name}`)}{' '}
            <span class="quiet">({rules.join(', ')})</span>
          </label>
        ))}
      </section>
      <section class="card">
        <h2>{t('settings.zone')}</h2>
        <label>
          {t('settings.timeZone')}
          <input
            name="timeZone"
            required
            maxLength={60}
            disabled={!mayChange}
            defaultValue={settings.current.timeZone}
            autocomplete="off"
          />
        </label>
      </section>
      <Retention days={settings.current.retentionDays} mayChange={mayChange} />
      <SupportFields support={settings.current.support} mayChange={mayChange} />
      <Parameters settings={settings} mayChange={mayChange} />
      {mayChange ? (
        <section class="card">
          <label>
            {t('settings.reason')}
            <input name="reason" required maxLength={500} autocomplete="off" />
          </label>
          {problem !== null && <p role="alert">{problem}</p>}
          {shown !== null && <PreviewTable preview={shown} />}
          <p class="actions">
            <button type="submit" class="main">
              {t('settings.save')}
            </button>
            <button
              type="button"
              onClick={(event) => {
                const { form } = event.currentTarget
                if (form === null) return
                const { timeZone, ruleSets, parameters } = readForm(form, settings)
                void attempt(async () => setShown(await previewSettings({ timeZone, ruleSets, parameters })))
              }}
            >
              {t('preview.ask')}
            </button>
          </p>
        </section>
      ) : (
        <p class="card">{t('settings.readOnly')}</p>
      )}
    </form>
  )
}

function Retention({ days, mayChange }: { days: number; mayChange: boolean }) {
  const { min, max } = retentionBounds
  return (
    <section class="card">
      <h2>{t('settings.retention')}</h2>
      <p>{t('settings.retentionWhy')}</p>
      <label>
        {t('settings.retentionDays', { min: String(min), max: String(max) })}
        <input
          name="retentionDays"
          type="number"
          min={min}
          max={max}
          required
          disabled={!mayChange}
          defaultValue={days}
          inputMode="numeric"
        />
      </label>
    </section>
  )
}

/** Every number that a rule uses, with where it comes from. */
function Parameters({ settings, mayChange }: { settings: Settings; mayChange: boolean }) {
  const areas = [...new Set(settings.parameters.map(({ name }) => name.split('.')[0] ?? ''))]
  return (
    <section class="card">
      <h2>{t('settings.parameters')}</h2>
      <p>{t('settings.parametersWhy')}</p>
      {areas.map((area) => (
        <details key={area}>
          <summary>{area}</summary>
          <ul class="parameters">
            {settings.parameters
              .filter(({ name }) => name.startsWith(`${area}.`))
              .map(({ name, value, default: usual, min, max, unit, source }) => (
                <li key={name}>
                  <label>
                    <code>{name}</code>
                    <input
                      name={name}
                      type="number"
                      step="any"
                      min={min}
                      max={max}
                      required
                      disabled={!mayChange}
                      defaultValue={value}
                    />
                  </label>
                  <span class="quiet">{t('settings.parameter', { usual: String(usual), unit, source })}</span>
                </li>
              ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

function History({ settings }: { settings: Settings }) {
  return (
    <section class="card">
      <h2>{t('settings.history')}</h2>
      <ul>
        {settings.history.map(({ version, changedAtMs, reason, ruleSets, parameters, retentionDays }) => (
          <li key={version}>
            {changedAtMs === null
              ? t('settings.beginning')
              : t('settings.change', {
                  date: formatMoment(changedAtMs),
                  reason: reason ?? '',
                  sets: ruleSets.map((name) => t(`settings.set.${name}`)).join(', ') || t('run.none'),
                  count: Object.keys(parameters).length,
                  days: String(retentionDays),
                })}
          </li>
        ))}
      </ul>
    </section>
  )
}
