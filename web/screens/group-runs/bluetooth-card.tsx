// Explains what this browser and this phone can do with straps, and which browsers can do more.
import type { GroupRunController } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'

export function BluetoothCard({ controller }: { controller: GroupRunController }) {
  const radio = controller.straps.radio.value
  if (radio === 'ready') return null
  return (
    <section class="card attention">
      <h2>{t(`group.radio.${radio}`)}</h2>
      <p>{t(`group.radio.${radio}.what`)}</p>
    </section>
  )
}
