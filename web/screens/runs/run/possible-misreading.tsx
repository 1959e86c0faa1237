// HARD from a bad signal (rule F10). Only a person can say whether it was real. A confirmed one becomes attention. The
// answer can be changed.
import { sayHard, type Run } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'

export function PossibleMisreading({ run, changed }: { run: Run; changed: () => void }) {
  const { saidHard } = run
  const say = (isHard: boolean) => () => sayHard(run.id, isHard).then(changed)
  return (
    <section class={saidHard === null ? 'card attention' : 'card'}>
      <h2>{t('run.misreadingTitle')}</h2>
      <p>{t(saidHard === null ? 'run.misreadingText' : saidHard ? 'run.saidHard' : 'run.saidMisreading')}</p>
      <p class="actions">
        {saidHard !== true && <ActButton work={say(true)}>{t('run.wasHard')}</ActButton>}
        {saidHard !== false && <ActButton work={say(false)}>{t('run.wasMisreading')}</ActButton>}
      </p>
    </section>
  )
}
