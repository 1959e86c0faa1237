// Flags as a list of sentences with their level, for every screen and printed page. Raised flags show their state too.
import { t } from '../messages/translate.ts'
import { Link } from '../ui/router.tsx'
import { flagSentence, type SaidFlag } from './flag-sentence.ts'
import type { Listed } from './listed.ts'

/** @param withVersion whether the version of the rule is told too
 *  @param listed      what became of each; null tells nothing */
export const FlagLines = ({
  flags,
  withVersion = false,
  listed = () => null,
}: {
  flags: readonly SaidFlag[]
  withVersion?: boolean
  listed?: (flag: SaidFlag) => Listed | null
}) => (
  <ul>
    {flags.map((flag) => (
      <li key={flag.kind}>
        {flagSentence(flag, t)}{' '}
        <span class="quiet">
          {t(`level.${flag.level}`)}
          {withVersion && `, ${t('run.rulesVersion', { version: flag.ruleVersion })}`}
        </span>
        <State listed={listed(flag)} />
      </li>
    ))}
  </ul>
)

function State({ listed }: { listed: Listed | null }) {
  if (listed === null) return null
  const words = t(listed.key)
  return (
    <>
      {': '}
      {listed.flagId === null ? (
        <span class="quiet">{words}</span>
      ) : (
        <Link to={`/review/${listed.flagId}`}>{words}</Link>
      )}
    </>
  )
}
