// The log for administrators: filters by person, client or action, and says whether the chain is whole.
import { useState } from 'preact/hooks'
import { clientActions, clinicActions } from '../../../src/domain/access.ts'
import { checkLog, listLog, listPeople, type LogFilter, type Person } from '../../api/people.ts'
import { t, tCode } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Form } from '../../ui/form.tsx'
import { formText } from '../../ui/form-text.ts'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { LogLines } from './log-lines.tsx'
import { otherActions } from './other-actions.ts'
import { signInActions } from './sign-in-actions.ts'

const everything: LogFilter = { personId: '', clientId: '', action: '' }

export function LogScreen() {
  const [filter, setFilter] = useState(everything)
  const [loaded, again] = useLoaded('people', listPeople)
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  return (
    <>
      <h1>{t('nav.log')}</h1>
      <Whole />
      <FilterForm people={loaded.value.items} apply={setFilter} />
      <section class="card">
        <h2>{t('log.lines')}</h2>
        <LogLines
          name={JSON.stringify(filter)}
          load={(before) => listLog(filter, before)}
          names={new Map(loaded.value.items.map((person) => [person.id, person.name]))}
        />
      </section>
    </>
  )
}

function FilterForm({ people, apply }: { people: readonly Person[]; apply: (filter: LogFilter) => void }) {
  const actions = [...clientActions, ...clinicActions, ...signInActions, ...otherActions]
  return (
    <Form
      class="card"
      label={t('log.filter')}
      main={false}
      submit={async (form) =>
        apply({
          personId: formText(form, 'personId'),
          clientId: formText(form, 'clientId'),
          action: formText(form, 'action'),
        })
      }
    >
      <h2>{t('log.filterTitle')}</h2>
      <div class="fields">
        <label>
          {t('log.person')}
          <select name="personId">
            <option value="">{t('log.everybody')}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('log.action')}
          <select name="action">
            <option value="">{t('log.all')}</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {tCode('action', action, action)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('client.number')}
          <input name="clientId" maxLength={60} autocomplete="off" />
        </label>
      </div>
    </Form>
  )
}

function Whole() {
  const [found, setFound] = useState<Awaited<ReturnType<typeof checkLog>> | null>(null)
  return (
    <section class="card">
      <h2>{t('log.whole')}</h2>
      <p>{t('log.wholeWhy')}</p>
      <p class="actions">
        <ActButton work={async () => setFound(await checkLog())}>{t('log.check')}</ActButton>
      </p>
      <p role="status">
        {found !== null &&
          (found.ok ? t('log.isWhole', { lines: found.lines ?? 0 }) : t('log.isBroken', { seq: found.seq ?? 0 }))}
        {(found?.struck ?? 0) > 0 && ` ${t('log.struckLines', { lines: found?.struck ?? 0 })}`}
      </p>
    </section>
  )
}
