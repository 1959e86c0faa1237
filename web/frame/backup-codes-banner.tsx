// Says on every page that backup codes wait to be kept, or that few are left.
import type { Me } from '../api/people.ts'
import { t } from '../messages/translate.ts'
import { Link } from '../ui/router.tsx'

/** product choice */
const FEW = 2

export function BackupCodesBanner({ me: { backupCodes } }: { me: Me }) {
  if (backupCodes === null || (!backupCodes.unkept && backupCodes.left > FEW)) return null
  return (
    <p class="card attention">
      {backupCodes.unkept ? t('backup.unkept') : t('backup.few', { left: backupCodes.left })}{' '}
      <Link to="/account">{t(backupCodes.unkept ? 'backup.toLook' : 'backup.toMake')}</Link>
    </p>
  )
}
