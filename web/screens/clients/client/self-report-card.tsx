// The reports that a client shares, for their therapist.
import { listAfterRuns } from '../../../api/self-report.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { SelfReportLine } from './self-report-line.tsx'

/** @param runId only what was told of this run; null shows the last ones */
export function SelfReportCard({ clientId, runId }: { clientId: string; runId: string | null }) {
  const [loaded, again] = useLoaded(`told ${clientId} ${runId}`, () => listAfterRuns(clientId, runId))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { agreed, items } = loaded.value
  const shown = items.slice(0, MOST)
  if (runId !== null && shown.length === 0) return null
  return (
    <section class="card">
      <h2>{t('after.told')}</h2>
      {!agreed && <p>{t('flags.notShared')}</p>}
      {agreed && shown.length === 0 && <p>{t('myRuns.nothingTold')}</p>}
      <ul>
        {shown.map((one) => (
          <li key={one.id}>
            <span class="quiet">{formatMoment(one.atMs)}</span> <SelfReportLine report={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const MOST = 10
