// Another sport than running or walking. The run is set aside, and the page asks. It raises and counts nothing until a
// person says that it was a run.
import { sayRun, type Run } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'

export function OtherSport({ run, decides, changed }: { run: Run; decides: boolean; changed: () => void }) {
  const asks = decides && run.setAside
  return (
    <section class={asks && run.saidRun === null ? 'card attention' : 'card'}>
      <h2>{t(run.setAside ? 'run.otherTitle' : 'run.saidRunTitle')}</h2>
      {run.setAside && <p>{t('run.otherText')}</p>}
      {asks && (
        <p class="actions">
          <ActButton work={() => sayRun(run.id, true).then(changed)}>{t('run.isRun')}</ActButton>
          {run.saidRun === null && (
            <ActButton work={() => sayRun(run.id, false).then(changed)}>{t('run.isNone')}</ActButton>
          )}
        </p>
      )}
    </section>
  )
}
