// The rights of a client, for the people who may use them: download all data, import them, or erase the client.
import type { Client } from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { DataCard } from './data-card.tsx'
import { EraseCard } from './erase-card.tsx'

/** @param changed after something came in */
export function Rights({ client, me, changed }: { client: Client; me: Me; changed: () => void }) {
  return (
    <>
      {(client.actions.includes('data.export') || client.actions.includes('data.import')) && (
        <DataCard client={client} me={me} changed={changed} />
      )}
      {client.actions.includes('data.erase') && <EraseCard client={client} me={me} />}
    </>
  )
}
