// A client's own rights, on their account.
import { findClient } from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { Rights } from './rights.tsx'

export function MyRights({ me, clientId }: { me: Me; clientId: string }) {
  const [loaded, again] = useLoaded(clientId, () => findClient(clientId))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  return <Rights client={loaded.value} me={me} changed={again} />
}
