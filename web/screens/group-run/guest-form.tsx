// Somebody without an account runs along: a name and perhaps a limit, which stay on this phone.
import type { NewRunner } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'
import { Form } from '../../ui/form.tsx'

/** Zones of rule B8 lie within these. */
const LOWEST_BPM = 70
const HIGHEST_BPM = 210

export function GuestForm({ join, count }: { join: (runner: NewRunner) => Promise<string>; count: number }) {
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
          await join({ clientId: null, alias: formText(form, 'alias'), watchLevel: 'standard', zone })
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
