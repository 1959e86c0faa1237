// Where I am signed in, and ending other sessions.
import type { Me } from '../../../api/people.ts'
import {
  endMyOtherSessions,
  endMySession,
  findMySession,
  listMySessions,
  type MySession,
} from '../../../api/sign-in.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { browserName } from './browser-name.ts'

export function SessionsCard({ me }: { me: Me }) {
  const [loaded, again] = useLoaded('sessions', async () => {
    const [all, { session }] = await Promise.all([listMySessions(), findMySession()])
    return { all, hereId: session.id }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { all, hereId } = loaded.value
  return (
    <section class="card">
      <h2>{t('sessions.title')}</h2>
      <ul class="list">
        {all.map((session) => (
          <SessionLine key={session.id} session={session} isHere={session.id === hereId} changed={again} />
        ))}
      </ul>
      {all.length > 1 && (
        <p class="actions">
          <ActButton work={() => endMyOtherSessions().then(again)}>{t('sessions.endOthers')}</ActButton>
        </p>
      )}
      <details>
        <summary>{t('sessions.lost')}</summary>
        <ol>
          {all.length > 1 && <li>{t('sessions.lostEnd')}</li>}
          {me.passkeys > 0 && <li>{t('sessions.lostPasskey')}</li>}
          {me.hasTotp && <li>{t('sessions.lostTotp')}</li>}
          <li>{t('sessions.lostHelp')}</li>
        </ol>
      </details>
    </section>
  )
}

function SessionLine({ session, isHere, changed }: { session: MySession; isHere: boolean; changed: () => void }) {
  return (
    <li class="line">
      <strong>{isHere ? t('sessions.here') : browserName(session.userAgent ?? '') || t('sessions.unknown')}</strong>
      <span class="quiet">
        {t('sessions.since', { date: formatMoment(Date.parse(session.createdAt)) })}
        {session.ipAddress !== null && session.ipAddress !== '' && `, ${session.ipAddress}`}
      </span>
      {!isHere && <ActButton work={() => endMySession(session.token).then(changed)}>{t('sessions.end')}</ActButton>}
    </li>
  )
}
