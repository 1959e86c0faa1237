// The loud line where sound is wanted and cannot be heard: on the live screen, on every other page and in every sheet.
import type { Desk } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'

/** Any touch mends it, on this line as anywhere. */
export function NoSound({ desk }: { desk: Desk }) {
  if (!desk.isGoing.value || desk.sound.value !== 'blocked') return null
  return (
    <p class="banner loud" role="alert">
      {t('live.noSound')}
    </p>
  )
}
