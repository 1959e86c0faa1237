// Announces changes of state to a screen reader: one sentence for each cue, and nothing else.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CueKind } from '../../../src/domain/cue.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'

const spoken: readonly CueKind[] = [
  'OVER',
  'NOT_EASING',
  'HARD',
  'HARD_ENDED',
  'CLEARED',
  'REPEATED',
  'NO_SIGNAL',
  'SIGNAL_BACK',
]

export function Announcer({ run }: { run: GroupRun }) {
  const calm = useSignal('')
  const urgent = useSignal('')
  useEffect(
    () =>
      run.onCue(({ alias, cue: [, kind, priority] }) => {
        if (!spoken.includes(kind)) return
        const said = priority === 'high' ? urgent : calm
        said.value = t('live.said', { name: alias, what: t(`cue.${kind}`) })
      }),
    [run],
  )
  return (
    <div class="announcer">
      <p class="for-reader" role="status" aria-live="polite">
        {calm}
      </p>
      <p class="for-reader" role="alert">
        {urgent}
      </p>
    </div>
  )
}
