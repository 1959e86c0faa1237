// Who looked at my data: every line of the log about me, newest first.
import { listMyLog, type Me } from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { LogLines } from '../../audit/log-lines.tsx'

export function MyLog({ clientId, me }: { clientId: string; me: Me }) {
  return (
    <section class="card">
      <h2>{t('log.mine')}</h2>
      <p>{t('log.mineWhy')}</p>
      <details>
        <summary>{t('log.show')}</summary>
        <LogLines name={`mine ${clientId}`} load={(before) => listMyLog(clientId, before)} myId={me.personId} />
      </details>
    </section>
  )
}
