// The form to set a calm limit. It shows the current facts and saves only changes. If a limit rises, the form shows the
// old and new number, and the person confirms it (rule B12).
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { overrideParameters } from '../../../../../src/domain/parameters/parameters.ts'
import type { ToConfirm } from '../../../../../src/domain/zone/zone-change.ts'
import { lowestSince } from '../../../../../src/domain/zone/zone-versions.ts'
import { noInputs, type ZoneInputs } from '../../../../../src/domain/zone/zone-inputs.ts'
import {
  addZone,
  previewZone,
  type Client,
  type Settings,
  type Zone,
  type ZoneInput,
  type ZonePreview,
} from '../../../../api/api.ts'
import { ApiError, codeOf } from '../../../../api/request.ts'
import { t, tCode } from '../../../../messages/translate.ts'
import { formText, formTicks } from '../../../../ui/form-text.ts'
import { failureWords } from '../../../../ui/waiting.tsx'
import { useFormDraft } from '../../../../drafts/use-draft.tsx'
import { PreviewTable } from '../../../review/preview/preview-table.tsx'
import { askedBy, confirmCodes, Confirmations, withNewer } from './confirmations.tsx'
import { ZoneFields } from './zone-fields.tsx'
import { Outcome } from './zone-outcome.tsx'
import { changesOf, previewChange, type TypedZone, type ZoneField, type ZonePreviewed } from './zone-draft.ts'

interface Props {
  readonly client: Client
  /** All versions, newest first. */
  readonly versions: readonly Zone[]
  readonly settings: Settings
  readonly changed: () => void
}

export function ZoneForm({ client, versions, settings, changed }: Props) {
  const inForce = client.zone?.inputs ?? noInputs
  const hasOwn = settings.current.ruleSets.includes('medicine')
  const [changes, setChanges] = useState<Partial<ZoneInputs> | null>(null)
  const [fromMs, setFromMs] = useState<number | null>(null)
  const [asked, setAsked] = useState<readonly ToConfirm[]>([])
  const [problem, setProblem] = useState<ComponentChildren>(null)
  const [shown, setShown] = useState<ZonePreview | null>(null)
  const previewed = changes === null ? null : previewOf({ client, versions, settings }, changes, fromMs)
  const toConfirm = withNewer(previewed?.toConfirm ?? [], asked)
  const read = (form: HTMLFormElement) => changesOf(inForce, readTyped(form, hasOwn))
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    try {
      await work()
    } catch (error) {
      // What the server asks for and this page did not foresee: another person saved meanwhile, or it is dated back to where
      // a lower limit held.
      if (codeOf(error) === 'ZONE_UNCONFIRMED') setAsked((before) => withNewer(before, askedBy(error)))
      setProblem(problemText(error))
    }
  }
  const kept = useFormDraft({ what: `zone ${client.zone?.id ?? ''}`, clientId: client.id })
  return (
    <form
      ref={kept.form}
      onInput={(event) => {
        kept.typed()
        setChanges(read(event.currentTarget))
        setFromMs(validFromOf(event.currentTarget))
        setShown(null)
        if (!(event.target instanceof HTMLInputElement && event.target.name === 'confirm')) setAsked([])
      }}
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        void attempt(async () => {
          await addZone(client.id, inputOf(form, read(form)))
          kept.saved()
          changed()
        })
      }}
    >
      {kept.line}
      <ZoneFields inForce={inForce} hasOwn={hasOwn} />
      <Outcome client={client} inForce={inForce} changes={changes ?? {}} previewed={previewed} fromMs={fromMs} />
      <Confirmations toConfirm={toConfirm} />
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
            if (form !== null)
              void attempt(async () => setShown(await previewZone(client.id, inputOf(form, read(form)))))
          }}
        >
          {t('preview.ask')}
        </button>
      </p>
    </form>
  )
}

function previewOf(
  { client, versions, settings }: Omit<Props, 'changed'>,
  changes: Partial<ZoneInputs>,
  fromMs: number | null,
): ZonePreviewed {
  const ageYears = new Date().getFullYear() - client.birthYear
  const p = overrideParameters(settings.current.parameters).zone
  const now = Date.now()
  const held = lowestSince(versions, fromMs ?? now)
  return previewChange(client.zone, changes, { ageYears, watchLevel: client.watchLevel }, p, now, held)
}

function readTyped(form: HTMLFormElement, hasOwn: boolean): TypedZone {
  const number = (name: ZoneField) => {
    const text = formText(form, name)
    return text === '' ? null : Number(text)
  }
  const date = (name: string) => {
    const text = formText(form, name)
    return text === '' ? null : Date.parse(text)
  }
  return {
    bpm: {
      manual: number('manual'),
      hard: number('hard'),
      talk: number('talk'),
      rest: number('rest'),
      max: number('max'),
    },
    talkTestedAtMs: date('talkDate'),
    medicine: hasOwn
      ? {
          rateRaising: formText(form, 'raising') === 'on',
          restMeasuredAtMs: number('rest') === null ? null : date('restDate'),
          restOnCurrentMedication: formText(form, 'restAsNow') === 'on',
        }
      : null,
    ownCalibration: hasOwn ? formText(form, 'own') === 'on' : null,
    overrideAgeEstimate: formText(form, 'override') === 'on',
  }
}

/** As the server takes it. */
function inputOf(form: HTMLFormElement, inputs: Partial<ZoneInputs>): ZoneInput {
  const textOf = (name: string) => formText(form, name) || null
  const validFromMs = validFromOf(form)
  return {
    inputs,
    reason: textOf('reason'),
    reasonForClient: textOf('reasonForClient'),
    confirmed: formTicks(form, 'confirm', confirmCodes),
    ...(validFromMs === null ? {} : { validFromMs }),
  }
}

function validFromOf(form: HTMLFormElement): number | null {
  const from = formText(form, 'validFrom')
  return from === '' ? null : Math.min(Date.parse(`${from}T00:00`), Date.now())
}

function problemText(error: unknown): ComponentChildren {
  const code = codeOf(error)
  const errors = error instanceof ApiError ? error.errors : []
  return code === 'ZONE_REJECTED' ? errors.map((one) => tCode('problem', one, one)).join(' ') : failureWords(error)
}
