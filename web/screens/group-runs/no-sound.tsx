// A prominent line when sound is on but cannot be heard: on the live screen, on every other page and in every sheet.
import type { GroupRunController } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'

/** Any touch mends it, on this line as anywhere. */
export function NoSound({ controller }: { controller: GroupRunController }) {
  if (!controller.isGoing.value || controller.sound.value !== 'blocked') return null
  return (
    <p class="banner loud" role="alert">
      {t('live.noSound')}
    </p>
  )
}
