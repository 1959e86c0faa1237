// Groups, for administrators: which staff guide which clients.
import {
  addGroup,
  changeGroupStaff,
  listGroups,
  listPeople,
  renameGroup,
  type Group,
  type Person,
} from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { Form } from '../../../ui/form.tsx'
import { formText, formTicks } from '../../../ui/form-text.ts'
import { Ticks } from '../../../ui/ticks.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { PlaceClient } from './place-client.tsx'

export function GroupsScreen() {
  const [loaded, again] = useLoaded('groups', async () => {
    const [people, groups] = await Promise.all([listPeople(), listGroups()])
    return { people: people.items, groups: groups.items }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { people, groups } = loaded.value
  return (
    <>
      <h1>{t('nav.groups')}</h1>
      {groups.length === 0 && <p class="card">{t('groups.none')}</p>}
      <ul class="list">
        {groups.map((group) => (
          <li key={group.id}>
            <GroupCard group={group} people={people} changed={again} />
          </li>
        ))}
      </ul>
      <Form
        class="card"
        label={t('groups.add')}
        submit={async (form) => {
          await addGroup(formText(form, 'name'))
          form.reset()
          again()
        }}
      >
        <h2>{t('groups.add')}</h2>
        <label>
          {t('groups.name')}
          <input name="name" required maxLength={80} autocomplete="off" />
        </label>
      </Form>
      {groups.length > 0 && <PlaceClient groups={groups} people={people} changed={again} />}
    </>
  )
}

function GroupCard({ group, people, changed }: { group: Group; people: readonly Person[]; changed: () => void }) {
  const names = group.staff.map(({ name, role }) => `${name} (${t(`role.${role}`)})`)
  const places = people.flatMap(({ id, name, roles }) =>
    (['therapist', 'supervisor'] as const)
      .filter((role) => roles.includes(role))
      .map((role) => ({ value: `${role} ${id}`, label: `${name}, ${t(`role.${role}`)}`, personId: id, role })),
  )
  const taken = group.staff.map(({ personId, role }) => `${role} ${personId}`)
  return (
    <section class="card">
      <h2>{group.name}</h2>
      <p>
        {names.length === 0 ? t('groups.noStaff') : names.join(', ')}
        <br />
        {t('groups.clients', { count: group.clients })}
      </p>
      <details>
        <summary>{t('app.change')}</summary>
        <Form
          label={t('groups.rename')}
          main={false}
          submit={async (form) => {
            await renameGroup(group.id, formText(form, 'name'))
            changed()
          }}
        >
          <label>
            {t('groups.name')}
            <input name="name" required maxLength={80} autocomplete="off" defaultValue={group.name} />
          </label>
        </Form>
        <Form
          key={taken.join(' ')}
          class="apart"
          label={t('groups.saveStaff')}
          main={false}
          submit={async (form) => {
            const ticked = formTicks(
              form,
              'staff',
              places.map(({ value }) => value),
            )
            const staff = places.filter(({ value }) => ticked.includes(value))
            await changeGroupStaff(
              group.id,
              staff.map(({ personId, role }) => ({ personId, role })),
            )
            changed()
          }}
        >
          <Ticks legend={t('groups.staff')} name="staff" choices={places} ticked={taken} />
        </Form>
      </details>
    </section>
  )
}
