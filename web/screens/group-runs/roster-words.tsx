// Messages about the groups on this phone: why one is out of date, and which ones were removed.
import type { GroupRunController } from '../../group-run/controller.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { failureText } from '../../ui/waiting.tsx'

/** Why a roster is a copy, in words. */
export const rosterProblem = (problem: string | null): string =>
  problem === null || problem === 'not_asked' ? t('group.why.not_asked') : failureText(problem)

/** Groups that may not be read any more. */
export function RosterGone({ controller }: { controller: GroupRunController }) {
  return (
    <>
      {controller.rosters.gone.value.map((name) => (
        <p key={name} class="mark" role="status">
          {t('group.gone', { name })}
        </p>
      ))}
    </>
  )
}

/** Of when the limits of a run's group are, where they are not of now. */
export function RosterAge({ controller, groupId }: { controller: GroupRunController; groupId: string | null }) {
  const known = controller.rosters.known.value?.find((one) => one.groupId === groupId)
  if (known === undefined || known.problem === null || known.problem === 'not_asked' || known.roster === null)
    return null
  return (
    <p class="mark" role="status">
      {t('group.asOf', { moment: formatMoment(known.roster.fetchedAtMs) })}.{' '}
      {t('group.copy', { why: rosterProblem(known.problem) })}
    </p>
  )
}
