// Downloads of a run. FIT only if it has readings. CSV follows the reader's language: a Dutch spreadsheet needs
// semicolons and commas.
import { exportUrl, fileUrl, type ExportFormat, type Run } from '../../../api/api.ts'
import { csvDialect, t } from '../../../messages/translate.ts'

const formats: readonly ExportFormat[] = ['fit', 'csv', 'fhir', 'open-mhealth']

export function Downloads({ run }: { run: Run }) {
  return (
    <section class="card">
      <h2>{t('downloads.title')}</h2>
      <p class="actions">
        <a class="button" href={fileUrl(run.id)} download>
          {t('downloads.original')}
        </a>
        {formats
          .filter((format) => format !== 'fit' || run.hasReadings)
          .map((format) => (
            <a key={format} class="button" href={exportUrl(run.id, format, csvDialect())} download>
              {t(`downloads.${format}`)}
            </a>
          ))}
      </p>
    </section>
  )
}
