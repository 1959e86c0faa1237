// For the therapist: a runner's own account by an invitation; for who also manages groups: the groups of the runner.
import { useState } from 'preact/hooks'
import type { Client } from '../../api/api.ts'
import { inviteClient, listGroups, type Invitation, type Me } from '../../api/people.ts'
import { t } from '../../messages/translate.ts'
import { may } from '../../session/me.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { InvitationCard } from '../../ui/invitation-card.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { ClientGroups } from '../groups/client-groups.tsx'

export function AccountCard({ client, me }: { client: Client; me: Me }) {
  const [made, setMade] = useState<Invitation | null>(null)
  return (
    <section class="card">
      <h2>{t('client.account')}</h2>
      <p>{t('client.accountWhy')}</p>
      <p class="actions">
        <ActButton work={async () => setMade(await inviteClient(client.id))}>{t('client.invite')}</ActButton>
      </p>
      {made !== null && <InvitationCard invitation={made} />}
      {may(me, 'groups.manage') && <Groups clientId={client.id} />}
      <p class="quiet">
        {t('client.number')}: {client.id}
      </p>
    </section>
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
