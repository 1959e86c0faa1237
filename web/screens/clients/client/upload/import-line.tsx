// How far an import is that the server goes on with: which file, of how many.
import type { Import } from '../../../../api/imports.ts'
import { t } from '../../../../messages/translate.ts'
import { Path } from './results.tsx'

export function ImportLine({ one: { state, files, file } }: { one: Pick<Import, 'state' | 'files' | 'file'> }) {
  if (state === 'waiting') return <p class="quiet">{t('upload.waiting')}</p>
  return (
    <div class="import-line">
      {files.total !== null && <p class="quiet">{t('upload.of', { done: files.done, total: files.total })}</p>}
      {file !== null && <Path path={file} />}
    </div>
  )
}
