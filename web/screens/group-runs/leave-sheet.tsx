// Shown when Back is pressed during a run: nothing ends, and the person chooses where to go.
import { t } from '../../messages/translate.ts'
import { goTo } from '../../ui/router.tsx'
import { Sheet } from '../../ui/sheet.tsx'

export function LeaveSheet({ close }: { close: () => void }) {
  return (
    <Sheet title={t('leave.title')} close={close}>
      <p>{t('leave.what')}</p>
      <div class="big-actions">
        <button type="button" class="main" onClick={close}>
          {t('leave.stay')}
        </button>
        <button type="button" onClick={() => goTo('/')}>
          {t('leave.look')}
        </button>
      </div>
    </Sheet>
  )
}
