// DFA alpha 1 along the run, for clinics that switched it on: experimental, only a number to look at (rule H).
import type { Series } from '../../../api/api.ts'
import { clock } from '../../../charts/chart-data.ts'
import { t } from '../../../messages/translate.ts'

export function Alpha1({ windows }: { windows: NonNullable<Series['alpha1']> }) {
  return (
    <section class="card">
      <h2>{t('alpha1.title')}</h2>
      <p>{t('alpha1.why')}</p>
      {windows.length === 0 ? (
        <p>{t('alpha1.none')}</p>
      ) : (
        <details>
          <summary>{t('run.table')}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('alpha1.until')}</th>
                <th scope="col">alpha 1</th>
                <th scope="col">{t('alpha1.artefacts')}</th>
              </tr>
            </thead>
            <tbody>
              {windows.map(({ atS, alpha1, artefactShare }) => (
                <tr key={atS}>
                  <th scope="row">{clock(atS)}</th>
                  <td>{alpha1 === null ? '–' : alpha1.toFixed(2)}</td>
                  <td>{t('run.percent', { percent: Math.ceil(artefactShare * 100) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  )
}
