// Says that this phone's clock is far from the server's: before the start and while the run goes.
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
