// A message about a runner's limit: it is old, it was updated before the start, or the clinic changed it during the
// run. A lower limit is accepted with one press, a higher one with a second press, and neither by itself.
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { isLooser, isOldLimit, type Limits } from '../../group-run/limits.ts'
import type { Participant } from '../../group-run/participants.ts'
import { formatDay, t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly participant: Participant
}

export function LimitWords({ controller, run, participant: { stored, live } }: Props) {
  const asOfMs = stored.limitsAsOfMs ?? null
  const before = controller.renewed.value.get(stored.id)
  const { phase } = live.runner
  const isGoing = phase === 'running' || phase === 'paused'
  const newer = isGoing ? controller.newerLimits(stored.id) : null
  const now = run.limitsOf(stored.id)
  const [nowText, newerText] = [limitText(now), newer === null ? '' : limitText(newer)]
  return (
    <>
      {phase !== 'stopped' && asOfMs !== null && isOldLimit(asOfMs, Date.now()) && (
        <p class="mark">{t('limit.old', { day: formatDay(asOfMs) })}</p>
      )}
      {phase === 'waiting' && before !== undefined && limitText(before) !== nowText && (
        <p class="mark" role="status">
          {t('limit.renewed', { now: nowText, before: limitText(before) })}
        </p>
      )}
      {newer !== null && (
        <div class="card attention">
          <p>{newerText === nowText ? t('limit.newRules') : t('limit.newer', { now: newerText, before: nowText })}</p>
          {isLooser(newer, now) ? (
            <ActButton sure={t('limit.looserSure', { now: newerText })} work={async () => run.guide(stored.id, newer)}>
              {t('limit.take')}
            </ActButton>
          ) : (
            <button type="button" class="main" onClick={() => run.guide(stored.id, newer)}>
              {t('limit.take')}
            </button>
          )}
        </div>
      )}
    </>
  )
}

/** Limit, hard limit and how closely somebody is watched. */
function limitText({ zone, watchLevel }: Limits): string {
  const ceiling = zone?.ceilingBpm == null ? t('clients.noZone') : t('clients.ceiling', { bpm: zone.ceilingBpm })
  const hard = zone?.hardBpm == null ? '' : t('limit.hard', { bpm: zone.hardBpm })
  return [ceiling, hard, watchLevel === 'extra' ? t('limit.extra') : ''].filter((part) => part !== '').join(', ')
}
