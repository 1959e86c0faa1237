// "What would have been flagged": the same runs judged twice, as things stand and as they would be, laid beside each other.
// It counts what a person would have been shown; a note in the report is not counted.
import { verdicts, type Assessment, type Verdict } from './assessment.ts'
import { flagKinds, type Finding, type FlagKind } from './finding.ts'

export interface JudgedTwice {
  readonly runId: string
  readonly startedAtMs: number
  readonly now: Assessment
  readonly would: Assessment
}
export interface NowAndThen {
  readonly now: number
  readonly would: number
}
export interface Preview {
  readonly kinds: readonly (NowAndThen & { readonly kind: FlagKind })[]
  readonly verdicts: readonly (NowAndThen & { readonly verdict: Verdict })[]
  /** Runs of which the verdict or what is flagged would be another, in the order given. */
  readonly changed: readonly {
    readonly runId: string
    readonly startedAtMs: number
    readonly verdictNow: Verdict
    readonly verdictThen: Verdict
    readonly newKinds: readonly FlagKind[]
    readonly goneKinds: readonly FlagKind[]
  }[]
}

type Flags = readonly Finding<FlagKind>[]

/** @param patternsNow flags over weeks of each client, as of one moment */
export function comparePreview(
  runs: readonly JudgedTwice[],
  patternsNow: readonly Flags[],
  patternsThen: readonly Flags[],
): Preview {
  const now = [...runs.map((run) => run.now.flags), ...patternsNow]
  const would = [...runs.map((run) => run.would.flags), ...patternsThen]
  const kinds = flagKinds.map((kind) => ({
    kind,
    now: countOf(now, kind),
    would: countOf(would, kind),
  }))
  const ofVerdicts = verdicts.map((verdict) => ({
    verdict,
    now: runs.filter((run) => run.now.verdict === verdict).length,
    would: runs.filter((run) => run.would.verdict === verdict).length,
  }))
  const isThere = ({ now: before, would: after }: NowAndThen) => before + after > 0
  return { kinds: kinds.filter(isThere), verdicts: ofVerdicts.filter(isThere), changed: runs.flatMap(changeOf) }
}

const raisedKinds = (flags: Flags): FlagKind[] => flags.flatMap(({ kind, level }) => (level === 'note' ? [] : [kind]))
const countOf = (all: readonly Flags[], kind: FlagKind): number =>
  all.filter((flags) => raisedKinds(flags).includes(kind)).length

function changeOf({ runId, startedAtMs, now, would }: JudgedTwice): Preview['changed'] {
  const [before, after] = [raisedKinds(now.flags), raisedKinds(would.flags)]
  const newKinds = after.filter((kind) => !before.includes(kind))
  const goneKinds = before.filter((kind) => !after.includes(kind))
  if (newKinds.length === 0 && goneKinds.length === 0 && now.verdict === would.verdict) return []
  return [{ runId, startedAtMs, verdictNow: now.verdict, verdictThen: would.verdict, newKinds, goneKinds }]
}
