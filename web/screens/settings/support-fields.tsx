// The contacts that a client who feels very low sees, in the practice's own words and numbers. Empty rows are left out.
// Without any, calmpace's own text is shown.
import type { Settings } from '../../api/api.ts'
import { t } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'

type Support = Settings['current']['support']
const ROWS = 6

export function SupportFields({ support, mayChange }: { support: Support; mayChange: boolean }) {
  return (
    <section class="card">
      <h2>{t('settings.support')}</h2>
      <p>{t('settings.supportWhy')}</p>
      {Array.from({ length: ROWS }, (_, i) => (
        <div key={i} class="fields">
          <label>
            {t('settings.supportName', { row: i + 1 })}
            <input
              name={`supportName${i}`}
              maxLength={60}
              disabled={!mayChange}
              defaultValue={support?.[i]?.name ?? ''}
              autocomplete="off"
            />
          </label>
          <label>
            {t('settings.supportPhone', { row: i + 1 })}
            <input
              name={`supportPhone${i}`}
              type="tel"
              maxLength={30}
              pattern="[+0-9][0-9 \\(\\)\\-]*"
              disabled={!mayChange}
              defaultValue={support?.[i]?.phone ?? ''}
              autocomplete="off"
            />
          </label>
        </div>
      ))}
    </section>
  )
}

export function readSupport(form: HTMLFormElement): Support {
  const rows = Array.from({ length: ROWS }, (_, i) => ({
    name: formText(form, `supportName${i}`).trim(),
    phone: formText(form, `supportPhone${i}`).trim() || null,
  })).filter(({ name }) => name !== '')
  return rows.length === 0 ? null : rows
}
