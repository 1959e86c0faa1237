// Emergency access to a runner of another group: find by first name, give a reason. The page shows it prominently.
// Administrators see here who did it.
import { useState } from 'preact/hooks'
import { breakGlass, findByFirstName, listBrokenGlass, type Me } from '../../../api/people.ts'
import { formatMoment, formatTime, t } from '../../../messages/translate.ts'
import { may } from '../../../session/me.ts'
import { loadOpenGlass } from '../../../session/open-glass.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { goTo, Link } from '../../../ui/router.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { useMore } from '../../../ui/use-more.ts'
import { Waiting } from '../../../ui/waiting.tsx'

type BrokenGlass = Awaited<ReturnType<typeof listBrokenGlass>>['items'][number]
type Found = Awaited<ReturnType<typeof findByFirstName>>['items']

export function BreakGlassScreen({ me }: { me: Me }) {
  return (
    <>
      <h1>{t('nav.glass')}</h1>
      <section class="card attention">
        <h2>{t('glass.warningTitle')}</h2>
        <p class="big">{t('glass.warning')}</p>
      </section>
      {hasTwoFactors(me) ? <Search /> : <SecondFactorFirst />}
      {may(me, 'glass.view') && <BrokenGlassList />}
    </>
  )
}

/** As the server asks: used in this session, and still set up. */
const hasTwoFactors = (me: Me): boolean => me.strong && (me.hasTotp || me.passkeys > 0)

function SecondFactorFirst() {
  return (
    <section class="card">
      <h2>{t('glass.secondTitle')}</h2>
      <p>{t('glass.second')}</p>
      <p class="actions">
        <Link to="/second-factor">{t('second.set')}</Link>
      </p>
    </section>
  )
}

function Search() {
  const [found, setFound] = useState<Found | null>(null)
  return (
    <>
      <Form
        class="card"
        label={t('glass.search')}
        main={false}
        submit={async (form) => {
          setFound(null)
          setFound((await findByFirstName(formText(form, 'firstName'))).items)
        }}
      >
        <h2>{t('glass.find')}</h2>
        <label>
          {t('glass.firstName')}
          <input
            name="firstName"
            required
            minLength={2}
            maxLength={80}
            autocomplete="off"
            aria-describedby="name-help"
          />
        </label>
        <p id="name-help" class="quiet">
          {t('glass.firstNameHelp')}
        </p>
        <p role="status">{found !== null && t('glass.found', { count: found.length })}</p>
      </Form>
      {found?.map((client) => (
        <Reason key={client.id} client={client} />
      ))}
    </>
  )
}

function Reason({ client }: { client: Found[number] }) {
  return (
    <Form
      class="card attention"
      label={t('glass.break')}
      submit={async (form) => {
        await breakGlass(client.id, formText(form, 'reason'))
        await loadOpenGlass()
        goTo(`/clients/${client.id}`)
      }}
    >
      <h2>
        {client.firstName}, {t('clients.born', { year: String(client.birthYear) })}
      </h2>
      <p>{t('erase.groups', { groups: groupWords(client.groups) })}</p>
      <label>
        {t('glass.reason')}
        <textarea name="reason" required minLength={10} maxLength={500} rows={3} />
      </label>
    </Form>
  )
}

function BrokenGlassList() {
  const [loaded, again] = useLoaded('glass', () => listBrokenGlass(null))
  const { items, showMore } = useMore(loaded.state === 'there' ? loaded.value : null, listBrokenGlass)
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  return (
    <section class="card">
      <h2>{t('glass.list')}</h2>
      {items.length === 0 ? (
        <p>{t('glass.none')}</p>
      ) : (
        <ul class="list">
          {items.map((one) => (
            <li key={one.id} class="line">
              <span>
                <strong>{one.personName ?? t('log.gone')}</strong>: {one.reason ?? t('glass.struck')}
              </span>
              {one.client !== null && (
                <span>
                  {t('glass.whom', { year: String(one.client.birthYear), groups: groupWords(one.client.groups) })}
                </span>
              )}
              <span class="quiet">{whenOf(one)}</span>
            </li>
          ))}
        </ul>
      )}
      {showMore !== null && (
        <p class="actions">
          <ActButton work={showMore}>{t('app.more')}</ActButton>
        </p>
      )}
    </section>
  )
}

function whenOf({ state, atMs, untilMs, client }: BrokenGlass): string {
  // Of a runner who is erased nothing can be looked at any more.
  if (state === 'open' && client === null) return formatMoment(atMs)
  const values = { from: formatMoment(atMs), until: formatTime(untilMs) }
  switch (state) {
    case 'open':
      return t('glass.whenOpen', values)
    case 'stopped':
      return t('glass.whenStopped', values)
    case 'over':
      return t('glass.when', values)
  }
}

const groupWords = (groups: readonly string[]): string => groups.join(', ') || t('erase.noGroup')
