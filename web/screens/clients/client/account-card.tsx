// For therapists: invite a runner to their own account. For people who also manage groups: the runner's groups.
import { useState } from 'preact/hooks'
import type { Client } from '../../../api/api.ts'
import {
  inviteClient,
  listClientInvitations,
  listGroups,
  takeBackClientInvitation,
  type Invitation,
  type Me,
} from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { may } from '../../../session/me.ts'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { InvitationCard } from '../../../ui/invitation-card.tsx'
import { InvitationList } from '../../../ui/invitation-list.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { ClientGroups } from '../../people/groups/client-groups.tsx'

export function AccountCard({ client, me }: { client: Client; me: Me }) {
  return (
    <section class="card">
      <h2>{t('client.account')}</h2>
      <Links client={client} />
      {may(me, 'groups.manage') && <Groups clientId={client.id} />}
      <p class="quiet">
        {t('client.number')}: {client.id}
      </p>
    </section>
  )
}

function Links({ client }: { client: Client }) {
  const [made, setMade] = useState<Invitation | null>(null)
  const [loaded, again] = useLoaded(`links ${client.id}`, () => listClientInvitations(client.id))
  if (loaded.state !== 'there' && made === null) return <Waiting loaded={loaded} again={again} />
  const { items, hasAccount } = loaded.state === 'there' ? loaded.value : { items: [], hasAccount: false }
  return (
    <>
      {hasAccount ? (
        <p>{t('client.hasAccount')}</p>
      ) : (
        <Form
          label={t('client.invite')}
          main={false}
          submit={async (form) => {
            setMade(null)
            setMade(await inviteClient(client.id, formText(form, 'linkName')))
            form.reset()
            again()
          }}
        >
          <p>{t('client.accountWhy')}</p>
          <label>
            {t('invite.nameClient')}
            <input name="linkName" maxLength={80} autocomplete="off" />
          </label>
        </Form>
      )}
      {made !== null && <InvitationCard invitation={made} />}
      <InvitationList
        items={items}
        takeBack={async ({ id }) => {
          await takeBackClientInvitation(client.id, id)
          if (made?.id === id) setMade(null)
          again()
        }}
      />
    </>
  )
}

function Groups({ clientId }: { clientId: string }) {
  const [loaded, again] = useLoaded('groups', listGroups)
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  return (
    <details>
      <summary>{t('client.groups')}</summary>
      <ClientGroups clientId={clientId} groups={loaded.value.items} changed={again} />
    </details>
  )
}
