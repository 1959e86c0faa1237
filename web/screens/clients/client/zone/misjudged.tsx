// Runs that were judged by another limit than the valid one, after a version was dated back or withdrawn. One button
// judges them again (rule B12).
import { useSignal } from '@preact/signals'
import { judgeMisjudged } from '../../../../api/api.ts'
import { t } from '../../../../messages/translate.ts'
import { ActButton } from '../../../../ui/act-button.tsx'

interface Props {
  readonly clientId: string
  readonly count: number
  readonly mayJudge: boolean
  readonly changed: () => void
}

export function Misjudged({ clientId, count, mayJudge, changed }: Props) {
  const left = useSignal(count)
  if (left.value === 0) return null
  const judgeAll = async () => {
    let before: number
    do {
      before = left.value
      left.value = (await judgeMisjudged(clientId)).left
      // Where nothing gets less, asking on would not end.
    } while (left.value > 0 && left.value < before)
    changed()
  }
  return (
    <div class="card attention">
      <p role="status">{t('zone.misjudged', { count: left.value })}</p>
      {mayJudge && <ActButton work={judgeAll}>{t('zone.judgeAgain')}</ActButton>}
    </div>
  )
}
