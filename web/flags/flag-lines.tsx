// Flags as a list of sentences with their level, as every screen and page for the file shows them.
import { t } from '../messages/translate.ts'
import { flagSentence, type SaidFlag } from './flag-sentence.ts'

/** @param withVersion whether the version of the rule is told too */
export const FlagLines = ({ flags, withVersion = false }: { flags: readonly SaidFlag[]; withVersion?: boolean }) => (
  <ul>
    {flags.map((flag) => (
      <li key={flag.kind}>
        {flagSentence(flag, t)}{' '}
        <span class="quiet">
          {t(`level.${flag.level}`)}
          {withVersion && `, ${t('run.rulesVersion', { version: flag.ruleVersion })}`}
        </span>
      </li>
    ))}
  </ul>
)
