// Erases a runner on a written request, for administrators. They find the runner by first name, tell runners apart by
// year of birth and group, and type the name again. Nothing else of the runner is shown.
import { useState } from 'preact/hooks'
import type { Me } from '../../../api/people.ts'
import { findToErase, type CopiesLeft } from '../../../api/rights.ts'
import { t } from '../../../messages/translate.ts'
import { focusOnce } from '../../../ui/focus-once.ts'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { copiesWords, EraseCard } from '../erase-card.tsx'

type Found = Awaited<ReturnType<typeof findToErase>>['items']

export function EraseScreen({ me }: { me: Me }) {
  const [found, setFound] = useState<Found | null>(null)
  /** How many were, on this page. */
  const [erased, setErased] = useState(0)
  /** Of the last one. */
  const [left, setLeft] = useState<CopiesLeft | null>(null)
  return (
    <>
      <h1>{t('nav.erase')}</h1>
      <section class="card">
        <p>{t('erase.why')}</p>
        <p>{t('erase.before')}</p>
      </section>
      <div role="status">
        {erased > 0 && (
          <section key={erased} class="card attention">
            <h2 tabIndex={-1} ref={focusOnce}>
              {t('erase.done')}
            </h2>
            {left !== null && <p>{copiesWords(left)}</p>}
            <p>{t('erase.after')}</p>
            <p>{t('erase.again')}</p>
          </section>
        )}
      </div>
      <Form
        // Of who was erased the field keeps no name.
        key={erased}
        class="card"
        label={t('glass.search')}
        main={false}
        submit={async (form) => {
          setFound(null)
          setFound((await findToErase(formText(form, 'firstName'))).items)
        }}
      >
        <h2>{t('erase.find')}</h2>
        <label>
          {t('erase.firstName')}
          <input name="firstName" required maxLength={80} autocomplete="off" aria-describedby="name-help" />
        </label>
        <p id="name-help" class="quiet">
          {t('glass.firstNameHelp')}
        </p>
        <p role="status">{found !== null && t('glass.found', { count: found.length })}</p>
      </Form>
      {found?.map((client) => (
        <EraseCard
          key={client.id}
          client={client}
          me={me}
          title={t('erase.who', { name: client.firstName, year: String(client.birthYear) })}
          erased={(copies) => {
            setFound(null)
            setLeft(copies)
            setErased((before) => before + 1)
          }}
        >
          <p>{t('erase.groups', { groups: client.groups.join(', ') || t('erase.noGroup') })}</p>
        </EraseCard>
      ))}
    </>
  )
}
