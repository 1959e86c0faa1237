// Kind words for who tells that they are very low, with whom to talk to, at once; and at every box that a client types into,
// that it is not read at once.
import type { AfterRuns } from '../../api/told.ts'
import { t } from '../../messages/translate.ts'

export function SupportCard({ support }: { support: AfterRuns['support'] }) {
  const contacts = support ?? [
    { name: t('support.own'), phone: null },
    { name: t('support.doctor'), phone: null },
    { name: t('support.113'), phone: '113' },
    { name: t('support.112'), phone: '112' },
  ]
  return (
    <section class="card attention" role="status">
      <h2>{t('support.title')}</h2>
      <p>{t('support.text')}</p>
      <ul>
        {contacts.map(({ name, phone }) => (
          <li key={name}>
            {name}
            {phone !== null && (
              <>
                {': '}
                <a href={`tel:${phone.replaceAll(/[^+0-9]/g, '')}`}>{phone}</a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

export const NotAtOnce = () => <p class="quiet">{t('support.notAtOnce')}</p>
