// What another limit or other settings would have flagged in the last weeks, before saving: sentences and a table.
import { runFlagKinds } from '../../../../src/domain/finding.ts'
import type { ClinicPreview, ZonePreview } from '../../../api/api.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'
import { kindName } from '../filters.tsx'
import { WideTable } from '../../../ui/wide-table.tsx'

export function PreviewTable({ preview }: { preview: ZonePreview | ClinicPreview }) {
  const { runs, samplesGone, kinds, verdicts } = preview
  const changed = 'changed' in preview ? preview.changed.length : preview.changedRuns
  const rows = [
    ...verdicts.map(({ verdict, now, would }) => ({ name: t(`verdict.${verdict}`), now, would })),
    ...kinds.map(({ kind, now, would }) => ({ name: `${t(nameOf(kind))} ${kindName(kind)}`, now, would })),
  ]
  return (
    <div role="status">
      <p>{t('preview.summary', { runs, changed })}</p>
      {'leftOut' in preview && preview.leftOut > 0 && <p>{t('preview.leftOut', { count: preview.leftOut })}</p>}
      {samplesGone > 0 && <p>{t('preview.gone', { count: samplesGone })}</p>}
      {rows.length > 0 && (
        <WideTable label={t('preview.title')}>
          <thead>
            <tr>
              <th scope="col">{t('preview.what')}</th>
              <th scope="col">{t('preview.now')}</th>
              <th scope="col">{t('preview.then')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, now, would }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{now}</td>
                <td>{would}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {'changed' in preview && <ChangedRuns changed={preview.changed} />}
    </div>
  )
}

const nameOf = (kind: string) => (runFlagKinds.some((one) => one === kind) ? 'preview.ofRun' : 'preview.ofWeeks')

function ChangedRuns({ changed }: { changed: ZonePreview['changed'] }) {
  if (changed.length === 0) return null
  return (
    <details>
      <summary>{t('preview.runs')}</summary>
      <ul>
        {changed.map(({ runId, startedAtMs, verdictNow, verdictThen }) => (
          <li key={runId}>
            <Link to={`/runs/${runId}`}>{formatMoment(startedAtMs)}</Link>: {t(`verdict.${verdictNow}`)} →{' '}
            {t(`verdict.${verdictThen}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}
