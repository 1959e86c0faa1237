// All accounts, for administrators: roles, sessions, accounts, and inviting staff.
import { staffRoles } from '../../../src/domain/access.ts'
import { useState } from 'preact/hooks'
import {
  changeRoles,
  endSessionsOf,
  inviteStaff,
  listGroups,
  listPeople,
  listStaffInvitations,
  removePerson,
  takeBackStaffInvitation,
  type Group,
  type Invitation,
  type Me,
  type Person,
} from '../../api/people.ts'
import { t } from '../../messages/translate.ts'
import { isStaff, loadMe } from '../../session/me.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Form } from '../../ui/form.tsx'
import { formText, formTicks } from '../../ui/form-text.ts'
import { InvitationCard } from '../../ui/invitation-card.tsx'
import { InvitationList } from '../../ui/invitation-list.tsx'
import { roleWords } from '../../ui/role-words.ts'
import { Ticks } from '../../ui/ticks.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { NewWayIn } from './new-way-in.tsx'
import { PasskeysOf } from './passkeys-of.tsx'

const roleChoices = () => staffRoles.map((value) => ({ value, label: t(`role.${value}`) }))

export function PeopleScreen({ me }: { me: Me }) {
  const [loaded, again] = useLoaded('people', async () => {
    const [people, groups] = await Promise.all([listPeople(), listGroups()])
    return { people: people.items, groups: groups.items }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { people, groups } = loaded.value
  return (
    <>
      <h1>{t('nav.people')}</h1>
      <ul class="list">
        {people.map((person) => (
          <li key={person.id}>
            <PersonCard person={person} isMe={person.id === me.personId} changed={again} />
          </li>
        ))}
      </ul>
      <InviteStaff groups={groups} />
    </>
  )
}

function PersonCard({ person, isMe, changed }: { person: Person; isMe: boolean; changed: () => void }) {
  // What is in it is asked for, and logged, once somebody looks.
  const [isOpen, setOpen] = useState(false)
  const [done, setDone] = useState<string | null>(null)
  const hasSecond = person.hasTotp || person.passkeys > 0
  const refresh = async () => {
    changed()
    if (isMe) await loadMe()
  }
  return (
    <section class="card">
      <h2>{person.name}</h2>
      <p>
        {person.email}
        <br />
        {person.roles.length === 0 ? t('people.noRole') : roleWords(person.roles)}
        {isStaff(person) && (
          <>
            <br />
            <span class="quiet">{t(hasSecond ? 'people.second' : 'people.noSecond')}</span>
          </>
        )}
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('app.change')}</summary>
        <Form
          key={person.roles.join(' ')}
          label={t('people.saveRoles')}
          main={false}
          submit={async (form) => {
            await changeRoles(person.id, formTicks(form, 'role', staffRoles))
            await refresh()
          }}
        >
          <Ticks legend={t('account.roles')} name="role" choices={roleChoices()} ticked={person.roles} />
        </Form>
        <h3>{t('people.lostTitle')}</h3>
        {isMe ? (
          <p>{t('people.lostMine')}</p>
        ) : (
          <ol>
            <li>{t('people.lostEnd')}</li>
            {person.passkeys > 0 && <li>{t('people.lostPasskey')}</li>}
            <li>{t('people.lostLink')}</li>
          </ol>
        )}
        <p class="actions">
          <ActButton
            work={async () => {
              await endSessionsOf(person.id)
              setDone(t('people.sessionsEnded', { name: person.name }))
              await refresh()
            }}
          >
            {t('people.endSessions')}
          </ActButton>
        </p>
        {person.passkeys > 0 && (
          <PasskeysOf
            person={person}
            changed={async () => {
              setDone(t('people.passkeyRemoved', { name: person.name }))
              await refresh()
            }}
          />
        )}
        <p role="status">{done}</p>
        {!isMe && isOpen && <NewWayIn person={person} />}
        <h3>{t('people.remove')}</h3>
        <p>{t('people.removeWhat', { name: person.name })}</p>
        <p class="actions">
          <ActButton
            sure={t('people.removeSure', { name: person.name })}
            work={() => removePerson(person.id).then(refresh)}
          >
            {t('people.remove')}
          </ActButton>
        </p>
      </details>
    </section>
  )
}

function InviteStaff({ groups }: { groups: readonly Group[] }) {
  const [made, setMade] = useState<Invitation | null>(null)
  const [links, again] = useLoaded('links', listStaffInvitations)
  const choices = groups.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <section class="card">
      <h2>{t('invite.staff')}</h2>
      <Form
        label={t('invite.make')}
        textOf={(code) => (code === 'INVALID_REQUEST' ? t('invite.noRole') : null)}
        submit={async (form) => {
          setMade(null)
          const groupIds = groups.map(({ id }) => id)
          const roles = formTicks(form, 'role', staffRoles)
          setMade(await inviteStaff(roles, formTicks(form, 'group', groupIds), formText(form, 'linkName')))
          form.reset()
          again()
        }}
      >
        <p>{t('invite.why')}</p>
        <label>
          {t('invite.nameStaff')}
          <input name="linkName" maxLength={80} autocomplete="off" />
        </label>
        <Ticks legend={t('account.roles')} name="role" choices={roleChoices()} />
        {choices.length > 0 && <Ticks legend={t('nav.groups')} name="group" choices={choices} />}
      </Form>
      {made !== null && <InvitationCard invitation={made} />}
      {links.state === 'there' ? (
        <InvitationList
          items={links.value.items}
          takeBack={async ({ id }) => {
            await takeBackStaffInvitation(id)
            if (made?.id === id) setMade(null)
            again()
          }}
        />
      ) : (
        <Waiting loaded={links} again={again} />
      )}
    </section>
  )
}
