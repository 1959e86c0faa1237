// Kind words for a client who reports feeling very low, with whom to talk to, at once. Beside every text box for
// clients it says that nobody reads it at once.
import { useEffect, useRef } from 'preact/hooks'
import type { AfterRuns } from '../../../api/self-report.ts'
import { t } from '../../../messages/translate.ts'

/** @param comesToSight what was just told brought it: it is scrolled to, for the numbers lie under the form on a phone */
export function SupportCard({
  support,
  comesToSight = false,
}: {
  support: AfterRuns['support']
  comesToSight?: boolean
}) {
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (comesToSight) card.current?.scrollIntoView({ block: 'center' })
  }, [comesToSight])

  const contacts = support ?? [
    { name: t('support.own'), phone: null },
    { name: t('support.doctor'), phone: null },
    { name: t('support.113'), phone: '113' },
    { name: t('support.112'), phone: '112' },
  ]
  return (
    <section class="card attention" role="status" ref={card}>
      <h2>{t('support.title')}</h2>
      <p>{t('support.text')}</p>
      <ul class="support">
        {contacts.map(({ name, phone }) => (
          <li key={name}>
            {name}
            {phone !== null && (
              <>
                {': '}
                <a class="button" href={`tel:${phone.replaceAll(/[^+0-9]/g, '')}`}>
                  {phone}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

export const NotAtOnce = () => <p class="quiet">{t('support.notAtOnce')}</p>
