// Adds a runner without an account: a name and perhaps a limit, which stay on this phone.
import { isTaken } from '../../group-run/aliases.ts'
import type { NewRunner } from '../../group-run/group-run-parts.ts'
import type { Limits } from '../../group-run/limits.ts'
import { t } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'
import { Form } from '../../ui/form.tsx'

/** Zones of rule B8 lie within these. */
const LOWEST_BPM = 70
const HIGHEST_BPM = 210

interface Props {
  readonly join: (runner: NewRunner) => string
  readonly count: number
  readonly parameters: Limits['parameters']
  /** What others are called, here or perhaps later: a guest of such a name is said to be the guest. */
  readonly names: readonly string[]
}

export function GuestForm({ join, count, parameters, names }: Props) {
  return (
    <details class="card">
      <summary>{t('group.addGuest')}</summary>
      <Form
        key={count}
        label={t('group.addGuestNow')}
        main={false}
        submit={async (form) => {
          const ceilingBpm = Number(formText(form, 'ceiling'))
          const isLimit = Number.isInteger(ceilingBpm) && ceilingBpm >= LOWEST_BPM && ceilingBpm <= HIGHEST_BPM
          const zone = isLimit
            ? { id: null, source: 'manual' as const, ceilingBpm, floorBpm: null, hardBpm: null }
            : null
          const name = formText(form, 'alias')
          const alias = isTaken(name, names) ? t('group.guestNamed', { name: name.trim() }) : name
          join({ clientId: null, alias, watchLevel: 'standard', zone, limitsAsOfMs: null, parameters })
        }}
      >
        <div class="fields">
          <label>
            {t('group.guestName')}
            <input name="alias" required maxLength={20} autocomplete="off" />
          </label>
          <label>
            {t('group.guestLimit')}
            <input name="ceiling" type="number" min={LOWEST_BPM} max={HIGHEST_BPM} inputMode="numeric" />
          </label>
        </div>
        <p class="quiet">{t('group.guestWhat')}</p>
      </Form>
    </details>
  )
}
