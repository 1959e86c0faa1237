// Judges a client's last runs twice: now, and under another zone or other settings. It writes nothing.
import type { Assessment } from '../../domain/assessment.ts'
import type { Finding, PatternFlagKind } from '../../domain/finding.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import type { History } from '../../domain/patterns/history.ts'
import { findPatternFlags } from '../../domain/patterns/pattern-flags.ts'
import type { JudgedTwice } from '../../domain/preview.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { findHistory, judgedFacts } from './history.ts'
import { judgeRecording, type JudgedBy } from '../runs/judge.ts'
import { findWatchedZone } from '../group-runs/participations.ts'
import { findRun } from '../runs/runs.ts'
import type { ClinicSettings } from '../settings/settings.ts'
import { findZoneOfRun } from '../clients/zones.ts'
import { findPackedRun } from '../runs/combinations.ts'
import type { Tried } from '../work/tasks.ts'

export interface PreviewOf {
  readonly settingsNow: ClinicSettings
  readonly settingsThen: ClinicSettings
  /** Null leaves each run the zone that it is judged by. */
  readonly zoneThen: JudgedBy | null
  readonly sinceMs: number
  readonly nowMs: number
  /** At most so many runs, the newest. */
  readonly mostRuns: number
}
export interface PreviewedClient {
  /** Newest first. */
  readonly runs: readonly JudgedTwice[]
  /** Runs of which the samples are deleted: nothing can be said of them. */
  readonly samplesGone: number
  readonly patternsNow: readonly Finding<PatternFlagKind>[]
  readonly patternsThen: readonly Finding<PatternFlagKind>[]
}

export async function previewClient(db: Database, access: ClientAccess, of: PreviewOf): Promise<PreviewedClient> {
  const { settingsNow, settingsThen, sinceMs, nowMs, mostRuns } = of
  const history = await findHistory(db, access, nowMs)
  const ids = history.runs
    .filter(({ startedAtMs }) => startedAtMs >= sinceMs)
    .toReversed()
    .slice(0, mostRuns)
    .map(({ id }) => id)
  const runs: JudgedTwice[] = []
  for (const id of ids) {
    const judged = await judgeTwice(db, access, id, of)
    if (judged !== null) runs.push(judged)
  }
  const patterns = ({ ruleSets, parameters, timeZone }: ClinicSettings, pick: (run: JudgedTwice) => Assessment) =>
    findPatternFlags(
      { ...withJudged(history, runs, pick), timeZone },
      nowMs,
      ruleSets,
      overrideParameters(parameters).pattern,
    )
  return {
    runs,
    samplesGone: ids.length - runs.length,
    patternsNow: patterns(settingsNow, ({ now }) => now),
    patternsThen: patterns(settingsThen, ({ would }) => would),
  }
}

async function judgeTwice(
  db: Database,
  access: ClientAccess,
  runId: string,
  of: PreviewOf,
): Promise<JudgedTwice | null> {
  const { settingsNow, settingsThen, zoneThen } = of
  const run = await findRun(db, access, runId)
  if (run === null) return null
  const shown = await findPackedRun(db, access, run)
  if (shown === null) return null
  const zoneNow = await findZoneOfRun(db, access, run.head.startedAtMs, await findWatchedZone(db, access, runId))
  const judge = async (settings: ClinicSettings, zone: JudgedBy | null, tried: Tried | null) =>
    (await judgeRecording(db, access, shown.packed, run, zone, settings, tried)).assessment
  const now = await judge(settingsNow, zoneNow, null)
  const would = await judge(settingsThen, zoneThen ?? zoneNow, triedBy(of))
  return { runId, startedAtMs: run.head.startedAtMs, now, would }
}

/** What would have been heard had the phone guided by what is tried; all else is as it was on that phone. */
const triedBy = ({ settingsNow, settingsThen, zoneThen }: PreviewOf): Tried => ({
  limits: zoneThen && { ceilingBpm: zoneThen.ceilingBpm, hardBpm: zoneThen.hardBpm },
  parameters:
    JSON.stringify(settingsThen.parameters) === JSON.stringify(settingsNow.parameters) ? null : settingsThen.parameters,
})

const withJudged = (
  history: History,
  runs: readonly JudgedTwice[],
  pick: (run: JudgedTwice) => Assessment,
): History => ({
  ...history,
  runs: history.runs.map((run) => {
    const judged = runs.find(({ runId }) => runId === run.id)
    return judged === undefined ? run : { ...run, ...judgedFacts(pick(judged)) }
  }),
})
