// One run on the page in a client's zip: when, how it was, what came up when it was read, what was told, and its files.
import type { Language } from '../../../domain/languages.ts'
import { isUndated } from '../../../domain/dating.ts'
import { shownMinutes } from '../../../domain/shown-numbers.ts'
import { isSetAside } from '../../../domain/sport.ts'
import type { ArchivedRun, ClientArchive } from '../client-archive.ts'
import { element, escapeHtml } from './html.ts'
import { warnedWords } from './warned.ts'
import type { PageWords } from './words.ts'
import { link, paragraph, type Written } from './written.ts'

export interface DrawnRun {
  readonly svg: string | null
  /** Where the run stands in the zip as a table. */
  readonly csvPath: string | null
}

export interface RunContext {
  readonly archive: ClientArchive
  readonly drawn: ReadonlyMap<string, DrawnRun>
  readonly language: Language
  readonly words: PageWords
  readonly written: Written
}

export function runArticle(run: ArchivedRun, context: RunContext): string {
  const { archive, drawn, words, written } = context
  const other = archive.combinations.find(({ runId }) => runId === run.id)?.otherRunId
  const reports = archive.afterRuns.filter(({ runId }) => runId === run.id || (other !== undefined && runId === other))
  const pathOf = (id: string | undefined) => archive.files.find((file) => file.id === id)?.path
  const links = [
    [drawn.get(run.id)?.csvPath, words.asTable],
    [pathOf(run.fileId), words.original],
    [pathOf(archive.runs.find(({ id }) => id === other)?.fileId), words.secondOriginal],
  ].flatMap(([path, text]) => (path == null || text == null ? [] : [link(path, text)]))
  return element(
    'article',
    element('h3', escapeHtml(written.start(run))) +
      (isUndated(run.dating ?? null) ? paragraph(words.undatedWhy(written.watch(run))) : '') +
      outcome(run, context) +
      doubles(run, context) +
      warned(run, context) +
      drawingOf(run, context) +
      (reports.length === 0 ? '' : element('h4', escapeHtml(words.told))) +
      reports.map((one) => paragraph(selfReportLine(one, words, written), 'class="told"')).join('') +
      (links.length === 0 ? '' : element('p', links.join(' · '))),
  )
}

function outcome({ id, recording, saidRun, plannedMin }: ArchivedRun, { archive, words }: RunContext): string {
  const assessment = archive.assessments.findLast(({ runId }) => runId === id)?.assessment
  const planned = plannedMin === null ? '' : words.planned(plannedMin)
  if (assessment === undefined) return paragraph(planned)
  const isOther = isSetAside(recording.sport, saidRun ?? null)
  const isEmpty = recording.warnings.includes('NO_RECORDS')
  const isJudged = !isOther && !isEmpty && !assessment.verdict.startsWith('cannot_tell')
  const minutes = shownMinutes(assessment.zoneTime)
  const tells = words.minutes(isOther || isEmpty ? { ...minutes, unmeasured: 0 } : minutes, isJudged)
  const verdict = isOther ? words.otherSport : isEmpty ? words.summaryOnly : `${words.verdict[assessment.verdict]}.`
  return element(
    'p',
    `${element('span', escapeHtml(verdict), 'class="verdict"')} ${escapeHtml(`${tells} ${planned}`.trim())}`,
  )
}

/** What the app calls "Dubbel?", and what a person said of it. */
function doubles(run: ArchivedRun, { archive, words, written }: RunContext): string {
  const together = new Set(
    archive.combinations.flatMap(({ runId, otherRunId }) => [`${runId} ${otherRunId}`, `${otherRunId} ${runId}`]),
  )
  const asked = archive.twins.flatMap(({ runId, otherRunId, answer }) => {
    const otherId = runId === run.id ? otherRunId : otherRunId === run.id ? runId : null
    const isOpen = answer === null || answer.isOneRun
    return otherId === null || !isOpen
      ? []
      : [{ otherId, kind: answer === null ? ('asked' as const) : ('one' as const) }]
  })
  // Archives of before know no twins.
  const near = run.nearDuplicateOf
  const isNoted =
    near === null ||
    archive.twins.some(
      ({ runId, otherRunId }) => [runId, otherRunId].includes(run.id) && [runId, otherRunId].includes(near),
    )
  const all = isNoted ? asked : [...asked, { otherId: near, kind: 'asked' as const }]
  return all
    .flatMap(({ otherId, kind }) => {
      const other = archive.runs.find(({ id }) => id === otherId)
      return other === undefined || together.has(`${run.id} ${otherId}`)
        ? []
        : [words.double[kind](written.start(other))]
    })
    .map((text) => paragraph(text))
    .join('')
}

function warned({ recording, dating }: ArchivedRun, { language }: RunContext): string {
  const ofTheDate = ['CLOCK_IMPLAUSIBLE', 'TIME_BEFORE_2000', 'TIME_IN_FUTURE']
  const texts = recording.warnings
    .filter((code) => dating == null || !ofTheDate.includes(code))
    .flatMap((code) => warnedWords[language][code] ?? [])
  return paragraph([...new Set(texts)].join(' '), 'class="quiet"')
}

function drawingOf(run: ArchivedRun, { drawn, words }: RunContext): string {
  const svg = drawn.get(run.id)?.svg
  if (svg != null) return svg
  if (run.recording.warnings.includes('NO_RECORDS')) return ''
  return paragraph(run.columns === null ? words.samplesGone : words.noChart, 'class="quiet"')
}

/** What was told after running, in a line; what helped in words of their own. */
export function selfReportLine(one: ClientArchive['afterRuns'][number], words: PageWords, written: Written): string {
  const ofTen = (value: number | null) => (value === null ? null : words.outOfTen(written.number(value)))
  const all: readonly (readonly [string, string | null])[] = [
    [words.rpe, ofTen(one.rpe)],
    [words.mood, ofTen(one.mood)],
    [words.energy, ofTen(one.energy)],
    [words.sleep, one.sleepH === null ? null : words.hours(written.number(one.sleepH))],
    [words.pain, ofTen(one.painNrs)],
  ]
  const numbers = all.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`])).join(' · ')
  const helped = one.whatHelped === null ? '' : `${words.helped}: ${one.whatHelped}`
  return [numbers, one.mealsForRunning ? `${words.meals}.` : '', helped].filter((line) => line !== '').join('\n')
}
