// The result of an upload: one sentence first, then the runs, then failed files with a reason and a next step each.
// Files that are no runs are behind one press.
import type { ComponentChildren } from 'preact'
import type { LeftOfArchive } from '../../../../../src/formats/left-files.ts'
import { wholeMinutes } from '../../../../../src/domain/shown-numbers.ts'
import type { UploadResult } from '../../../../api/imports.ts'
import { formatDate, t, tCode } from '../../../../messages/translate.ts'
import { Link } from '../../../../ui/router.tsx'
import { VerdictBadge } from '../../../../ui/verdict-badge.tsx'
import { toOutcome, type Reason, type UploadOutcome } from './upload-outcome.ts'

/** Runs that are shown at once; more wait behind a press. */
const FEW = 20
/** Names of files with the same trouble that are shown at once. */
const FEW_NAMES = 3
/** Names shown behind a count; more are no help to anybody. */
const MOST_NAMES = 200

export function Results({
  results,
  left,
  busy,
}: {
  results: readonly UploadResult[]
  left: readonly LeftOfArchive[]
  /** More may come. */
  busy: boolean
}) {
  if (results.length === 0 && left.length === 0) return null
  const outcome = toOutcome(results, left)
  const { runs, near, there, failed, noRuns, counts } = outcome
  return (
    <div class="results">
      <h3>{t('upload.results')}</h3>
      {!busy && <p role="status">{sentence(outcome)}</p>}
      <Runs title={t('upload.near')} runs={near} />
      <Runs title={t('upload.added')} runs={runs} />
      <Runs title={t('upload.there')} runs={there} />
      {failed.length > 0 && (
        <>
          <h4>{t('upload.failed')}</h4>
          <ul>
            {failed.map((reason) => (
              <li key={`${reason.code} ${reason.message} ${reason.detail}`}>
                <p>{wordsOf(reason)}</p>
                <Names reason={reason} few={FEW_NAMES} />
              </li>
            ))}
          </ul>
        </>
      )}
      {noRuns.length > 0 && (
        <details class="quiet">
          <summary>{t('upload.noRuns', { count: counts.noRun })}</summary>
          <ul>
            {noRuns.flatMap(({ archive, reasons }) =>
              reasons.map((reason) => (
                <li key={`${archive} ${reason.code}`}>
                  {archive !== null && <Path path={archive} />}
                  <p>{t('upload.group', { count: reason.count, words: wordsOf(reason) })}</p>
                  <Names reason={reason} few={archive === null ? FEW_NAMES : 0} under={archive} />
                </li>
              )),
            )}
          </ul>
        </details>
      )}
    </div>
  )
}

function sentence({ counts, noRuns }: UploadOutcome): string {
  const { read, near, there, failed, broken, noRun } = counts
  if (read + there + failed + broken === 0) {
    const isOneZip = noRuns.every(({ archive }) => archive !== null && /\.zip(\/|$)/i.test(archive))
    return t(isOneZip ? 'upload.noRunInZip' : 'upload.noRun')
  }
  return [
    ...(read > 0 ? [t('upload.toldRead', { count: read })] : there > 0 ? [] : [t('upload.toldNothing')]),
    ...(near > 0 ? [t('upload.toldNear', { count: near })] : []),
    ...(there > 0 ? [t('upload.toldThere', { count: there })] : []),
    ...(broken > 0 ? [t('upload.toldBroken', { count: broken })] : []),
    ...(failed > 0 ? [t('upload.toldFailed', { count: failed })] : []),
    ...(noRun > 0 ? [t('upload.toldNoRun', { count: noRun })] : []),
  ].join(' ')
}

const wordsOf = ({ code, message, detail }: Reason): string =>
  tCode('file', code ?? '', message ?? '', { detail: detail ?? '' })

function Runs({ title, runs }: { title: string; runs: readonly UploadResult[] }) {
  if (runs.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <More count={runs.length - FEW} first={<RunLines runs={runs.slice(0, FEW)} />}>
        <RunLines runs={runs.slice(FEW, FEW + MOST_NAMES)} />
        {runs.length > FEW + MOST_NAMES && <p>{t('upload.andMore', { count: runs.length - FEW - MOST_NAMES })}</p>}
      </More>
    </>
  )
}

const RunLines = ({ runs }: { runs: readonly UploadResult[] }) => (
  <ul>
    {runs.map((run, i) => (
      <li key={`${i} ${run.file}`}>
        <RunLine run={run} />
      </li>
    ))}
  </ul>
)

function RunLine({
  run: { runId, part, file, verdict, startedAtMs, startOffsetS, movingS, asksDate },
}: {
  run: UploadResult
}) {
  const words = [
    asksDate || startedAtMs === null ? t('date.title') : formatDate(startedAtMs, startOffsetS),
    ...(movingS === null ? [] : [t('runs.minutes', { minutes: wholeMinutes(movingS) })]),
  ].join(' · ')
  return (
    <>
      <Link to={`/runs/${runId}`}>{words}</Link> {verdict !== null && <VerdictBadge verdict={verdict} />}
      <Path path={part === null ? file : `${file} (${part})`} />
    </>
  )
}

function Names({ reason, few, under = null }: { reason: Reason; few: number; under?: string | null }) {
  const names = reason.files.map((file) => (under === null ? file : file.slice(under.length + 1)))
  const lines = (some: readonly string[]) => some.map((name, i) => <Path key={`${i} ${name}`} path={name} />)
  return (
    <More count={reason.count - Math.min(few, names.length)} first={lines(names.slice(0, few))}>
      {lines(names.slice(few, few + MOST_NAMES))}
      {reason.count > few + MOST_NAMES && <p>{t('upload.andMore', { count: reason.count - few - MOST_NAMES })}</p>}
    </More>
  )
}

/** The first ones, and how many more there are, which are made once they are asked for. */
function More({ count, first, children }: { count: number; first: ComponentChildren; children: ComponentChildren }) {
  return (
    <>
      {first}
      {count > 0 && (
        <details>
          <summary>{t('upload.more', { count })}</summary>
          {children}
        </details>
      )}
    </>
  )
}

/** Where a file lies, small: it breaks between its parts, not inside a word. */
export const Path = ({ path }: { path: string }) => (
  <small class="path">
    {path.split(/(?<=[/_])/).map((part, i) => (
      <>
        {i > 0 && <wbr />}
        {part}
      </>
    ))}
  </small>
)
