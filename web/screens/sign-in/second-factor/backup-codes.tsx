// Shows backup codes until their owner says that they stored them.
import { keepBackupCodes } from '../../../api/sign-in.ts'
import { t } from '../../../messages/translate.ts'
import { loadMe } from '../../../session/me.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { focusOnce } from '../../../ui/focus-once.ts'
import { CopyButton, PrintButton } from '../../../ui/copy-once.tsx'

/** @param kept what to do once they are kept, besides asking anew who is here */
export function BackupCodes({ codes, kept }: { codes: readonly string[]; kept?: () => void }) {
  return (
    <div role="status" class="once printed">
      <h2 tabIndex={-1} ref={focusOnce}>
        {t('backup.title')}
      </h2>
      <p>{t('backup.why')}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>{t('backup.typing')}</p>
      <p class="actions">
        <CopyButton text={codes.join('\n')} />
        <PrintButton />
        <ActButton
          main
          work={async () => {
            await keepBackupCodes()
            kept?.()
            await loadMe()
          }}
        >
          {t('backup.kept')}
        </ActButton>
      </p>
    </div>
  )
}
