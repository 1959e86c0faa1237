// Says beside the cues of a run that they are the phone's, if the rest of the report uses another limit.
import type { Run } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'
import { guidedWords } from './guided-words.ts'

export function GuidedLine({ run }: { run: Run }) {
  const words = guidedWords(run)
  if (words.length === 0) return null
  const none = t('run.none')
  const what = words.map(({ key, limits }) => t(key, { was: limits?.was ?? none, here: limits?.here ?? none }))
  return <p>{t('run.guided', { what: what.join(', ') })}</p>
}
