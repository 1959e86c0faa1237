// Section J before the run: ten questions with yes or no. The answers exist only in this sheet.
import { useSignal } from '@preact/signals'
import {
  checkInQuestions,
  judgeCheckIn,
  type CheckInAnswers,
  type CheckInOutcome,
} from '../../../src/domain/check-in/check-in.ts'
import { t } from '../../messages/translate.ts'
import { Sheet } from '../../ui/sheet.tsx'

interface Props {
  readonly alias: string
  readonly save: (outcome: CheckInOutcome) => void
  readonly close: () => void
}

export function CheckInSheet({ alias, save, close }: Props) {
  const answers = useSignal<CheckInAnswers>({})
  const outcome = judgeCheckIn(answers.value)
  return (
    <Sheet title={t('group.checkInOf', { name: alias })} close={close}>
      <p class="quiet">{t('group.checkInKept')}</p>
      <ol class="questions">
        {checkInQuestions.map((question) => (
          <li key={question}>
            <fieldset>
              <legend>{t(`check_in.${question}`)}</legend>
              {[true, false].map((yes) => (
                <button
                  key={String(yes)}
                  type="button"
                  aria-pressed={answers.value[question] === yes}
                  onClick={() => (answers.value = { ...answers.value, [question]: yes })}
                >
                  {t(yes ? 'check_in.yes' : 'check_in.no')}
                </button>
              ))}
            </fieldset>
          </li>
        ))}
      </ol>
      <div class="dock" role="status">
        <p>
          {outcome.unanswered.length > 0 && outcome.result !== 'not_today'
            ? t('group.checkInOpen', { count: outcome.unanswered.length })
            : t('group.checkInResult', { result: t(`check_in.result.${outcome.result}`) })}
        </p>
        {outcome.advice.map((advice) => (
          <p key={advice}>{t(`check_in.advice.${advice}`)}</p>
        ))}
        {outcome.zoneNeedsReview && <p>{t('group.zoneNeedsReview')}</p>}
        <button
          type="button"
          class="main"
          disabled={outcome.unanswered.length > 0 && outcome.result !== 'not_today'}
          onClick={() => {
            save(outcome)
            close()
          }}
        >
          {t('group.checkInSave')}
        </button>
      </div>
    </Sheet>
  )
}
