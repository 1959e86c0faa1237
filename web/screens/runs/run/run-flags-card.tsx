// The flags of a run, each with its state in the list or why it is not there, and the flags over weeks that involve
// this run.
import { runFlagKinds } from '../../../../src/domain/finding.ts'
import type { Run } from '../../../api/api.ts'
import type { RaisedFlag } from '../../../api/review.ts'
import { FlagLines } from '../../../flags/flag-lines.tsx'
import { listedOfRun } from '../../../flags/listed.ts'
import { t } from '../../../messages/translate.ts'

/** @param raised null where the reader sees none of it */
export function RunFlagsCard({ run, raised }: { run: Run; raised: readonly RaisedFlag[] | null }) {
  const ofWeeks = (raised ?? []).filter(
    ({ kind, runIds }) => runIds.includes(run.id) && !runFlagKinds.some((one) => one === kind),
  )
  if (run.flags.length === 0 && ofWeeks.length === 0) return null
  const { assessedAtMs } = run.assessment
  const placed = { id: run.id, endedAtMs: run.startedAtMs + run.elapsedS * 1000, judgedAtMs: assessedAtMs }
  return (
    <section class="card">
      <h2>{t('run.flags')}</h2>
      <FlagLines flags={run.flags} listed={(flag) => (raised === null ? null : listedOfRun(flag, placed, raised))} />
      {ofWeeks.length > 0 && (
        <>
          <p>{t('run.flagsOfWeeks')}</p>
          <FlagLines flags={newestOfKind(ofWeeks)} listed={(flag) => listedOfRun(flag, placed, ofWeeks)} />
        </>
      )}
    </section>
  )
}

/** Rows come newest first. */
const newestOfKind = (rows: readonly RaisedFlag[]): readonly RaisedFlag[] =>
  rows.filter(({ kind }, i) => rows.findIndex((one) => one.kind === kind) === i)
