// The cues of a run and what people did with them, in order of time.
import type { Run } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'

export const cueTimeline = ({ assessment, hands }: Run): { readonly elapsedS: number; readonly text: string }[] =>
  [
    ...assessment.cues.map(({ elapsedS, kind }) => ({ elapsedS, text: t(`cue.${kind}`) })),
    ...hands.map(({ elapsedS, kind, byName }) => ({
      elapsedS,
      text: t(`flags.hand.${kind}`, { name: byName ?? t('flags.somebody') }),
    })),
  ].toSorted((a, b) => a.elapsedS - b.elapsedS)
