// Warns that this phone's clock differs much from the server's, before the start and during the run.
import { clockOff, serverAheadMs } from '../../api/server-clock.ts'
import { t } from '../../messages/translate.ts'

export function ClockBanner() {
  const off = clockOff(serverAheadMs.value)
  if (off === null) return null
  return (
    <p class="banner" role="status">
      {t('group.clockOff', { way: off.way, off: t(`group.clockOff.${off.unit}`, { count: off.count }) })}
    </p>
  )
}
