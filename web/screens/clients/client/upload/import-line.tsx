// How far an import is that the server goes on with: which file, of how many.
// Of an upload that this page sends in batches the number of the batch would only confuse: it is left out.
import type { Import } from '../../../../api/imports.ts'
import { t } from '../../../../messages/translate.ts'
import { Path } from './results.tsx'

export function ImportLine({
  one: { state, files, file },
  isBatch = false,
}: {
  one: Pick<Import, 'state' | 'files' | 'file'>
  isBatch?: boolean
}) {
  if (state === 'waiting') return <p class="quiet">{t('upload.waiting')}</p>
  return (
    <div class="import-line">
      {!isBatch && files.total !== null && (
        <p class="quiet">{t('upload.of', { done: files.done, total: files.total })}</p>
      )}
      {file !== null && <Path path={file} />}
    </div>
  )
}
