// Tells staff without a second factor how long they may continue.
import type { Me } from '../api/people.ts'
import { t } from '../messages/translate.ts'
import { graceMinutes } from '../session/me.ts'
import { Link } from '../ui/router.tsx'
import { useMinute } from '../ui/use-minute.ts'

export function GraceBanner({ me }: { me: Me }) {
  const minutes = graceMinutes(me, useMinute())
  if (minutes === null) return null
  return (
    <p class="card attention">
      {t('second.left', { minutes })} <Link to="/second-factor">{t('second.set')}</Link>
    </p>
  )
}
