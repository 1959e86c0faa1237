// `import`: how fast a file becomes an assessment, against fit-file-parser decoding the same bytes and against a bare
// walk over them. All in one process, turn by turn. Never `@garmin/fitsdk`: its licence forbids timing it.
import FitParser from 'fit-file-parser'
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { assess } from '../../src/domain/assess.ts'
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus } from '../support/corpus.ts'
import { bareWalk } from './bare-walk.ts'
import { measureLongRun } from './memory.ts'
import type { BenchOptions, BenchReport, Progress, Table, Yardstick } from './report.ts'
import { Stopwatch, sumOf, type Timing } from './timing.ts'

const ROUNDS = 11
const WARM_UPS = 2
/** A sample works through at least this many bytes: the clock is too coarse for one small file. */
const SAMPLE_BYTES = 400_000
const zone: CalmZone = { source: 'manual', ceilingBpm: 140, floorBpm: 100, hardBpm: 165 }

interface File {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly isRun: boolean
}
type Subject = 'assessment' | 'recording' | 'parser' | 'walk'
interface Measured extends File {
  readonly watch: Stopwatch<Subject>
  /** Why fit-file-parser, which does not read all of this file, cannot be compared; null where it can. */
  readonly refused: string | null
}

export function benchImport(progress: Progress, { smoke = false }: BenchOptions): BenchReport {
  progress('import: memory of a 24-hour file')
  const grownMb = measureLongRun(smoke)
  const withCorpus = corpusIsHere && !smoke
  const rounds = smoke ? 1 : ROUNDS
  const measured = activities(withCorpus).map((file) => {
    const refused = refusalOf(file.bytes)
    return { ...file, refused, watch: watchOf(file.bytes, refused === null, smoke) }
  })
  for (let round = -WARM_UPS; round < rounds; round++)
    for (const { name, watch } of measured) {
      progress(`import: round ${round} ${name}`)
      if (round < 0) watch.warmUp()
      else watch.round(round)
    }
  const files = withCorpus ? 'corpus' : `fixtures${corpusIsHere ? '' : ' (there is no corpus beside this clone)'}`
  return {
    yardsticks: [...yardsticksOf(measured), { ...memory, value: grownMb }],
    tables: [tableOf(measured)],
    notes: [
      `${measured.length} files with readings of the ${files}, ${rounds} rounds; ms are medians, ± half the distance of quartiles`,
      ...measured.filter(({ refused }) => refused !== null).map(({ name, refused }) => `left out: ${name}: ${refused}`),
    ],
  }
}

const memory = {
  what: 'growth of peak RSS over a 24-hour file with RR',
  must: 'at most',
  limit: 30,
  unit: 'MB',
} as const

/** Files that a run could come from: a single record is none. */
function activities(withCorpus: boolean): File[] {
  const files: File[] = withCorpus
    ? corpusFiles.map(({ file, sports, heartRateRecords }) => ({
        name: file.slice(file.indexOf('/') + 1),
        bytes: Uint8Array.from(readCorpus(file)),
        isRun: heartRateRecords > 0 && sports.some((sport) => sport.startsWith('running')),
      }))
    : Object.entries(fitFixtures).map(([name, { make }]) => ({ name, bytes: Uint8Array.from(make()), isRun: true }))
  return files.filter(({ bytes }) => countRecords(bytes) > 1)
}

/** Records with a time; those of one second count as one. */
function countRecords(bytes: Uint8Array): number {
  const reading = readFit(bytes)
  return reading.ok ? reading.recordings.reduce((sum, { motion }) => sum + motion.elapsedS.length, 0) : 0
}

/** @param isCompared fit-file-parser reads it too: what it throws at is never handed to it again */
function watchOf(bytes: Uint8Array<ArrayBuffer>, isCompared: boolean, smoke: boolean): Stopwatch<Subject> {
  const judge = () => {
    const reading = readFit(bytes)
    if (reading.ok) for (const recording of reading.recordings) assess(recording, zone)
  }
  const subjects = {
    assessment: judge,
    recording: () => readFit(bytes),
    parser: () => (isCompared ? parse(bytes) : undefined),
    walk: () => bareWalk(bytes),
  }
  return new Stopwatch<Subject>(subjects, smoke ? 1 : Math.ceil(SAMPLE_BYTES / bytes.length))
}

/** The settings under which fit-file-parser does least. */
function parse(bytes: Uint8Array<ArrayBuffer>): { readonly records: number } | string {
  let answer: { readonly records: number } | string = 'gave no answer'
  new FitParser({ force: true, mode: 'list' }).parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    (error, parsed) => {
      answer = error ?? { records: parsed?.records?.length ?? 0 }
    },
  )
  return answer
}

function refusalOf(bytes: Uint8Array<ArrayBuffer>): string | null {
  try {
    const answer = parse(bytes)
    if (typeof answer === 'string') return `fit-file-parser refuses it: ${answer}`
    if (firstPartBytes(bytes) < bytes.length) return 'fit-file-parser stops behind its first part'
    const records = countRecords(bytes)
    return answer.records < records ? `fit-file-parser reads ${answer.records} of its ${records} records` : null
  } catch (error) {
    return `fit-file-parser throws: ${error instanceof Error ? error.message : String(error)}`
  }
}

function firstPartBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return bytes[0] + view.getUint32(4, true) + 2
}

function yardsticksOf(measured: readonly Measured[]): Yardstick[] {
  const compared = measured.filter(({ refused }) => refused === null)
  const against = (files: readonly Measured[], slow: Subject, fast: Subject) => total(files, slow) / total(files, fast)
  const faster = (files: readonly Measured[]) => against(files, 'parser', 'assessment')
  const least = Math.min(...compared.map((file) => faster([file])))
  const must = { must: 'at least', unit: 'times' } as const
  return [
    { what: 'bytes to assessment, faster than fit-file-parser, in sum', value: faster(compared), ...must, limit: 8 },
    {
      what: '… in sum over the runs with heart rate',
      value: faster(compared.filter(({ isRun }) => isRun)),
      ...must,
      limit: 8,
    },
    { what: '… on the file where it is least', value: least, ...must, limit: 1 },
    {
      what: 'bytes to recording, slower than a bare walk, in sum',
      value: against(measured, 'recording', 'walk'),
      must: 'at most',
      limit: 2,
      unit: 'times',
    },
  ]
}

const total = (files: readonly Measured[], subject: Subject): number =>
  sumOf(files.map(({ watch }) => watch.of(subject))).medianMs

function tableOf(measured: readonly Measured[]): Table {
  const cell = ({ medianMs, spread }: Timing) => `${medianMs.toFixed(3)} ±${(100 * spread).toFixed(0)}%`
  const row = (name: string, kb: number, of: (subject: Subject) => Timing, refused: boolean) => {
    const [assessment, recording, parser, walk] = [of('assessment'), of('recording'), of('parser'), of('walk')]
    return [
      name,
      kb,
      ...[assessment, recording].map(cell),
      refused ? '-' : cell(parser),
      cell(walk),
      refused ? '-' : parser.medianMs / assessment.medianMs,
      recording.medianMs / walk.medianMs,
    ]
  }
  const compared = measured.filter(({ refused }) => refused === null)
  const kb = (files: readonly File[]) => files.reduce((sum, { bytes }) => sum + bytes.length / 1024, 0)
  const sums = (files: readonly Measured[]) => (subject: Subject) => sumOf(files.map(({ watch }) => watch.of(subject)))
  return {
    head: [
      'file',
      'KB',
      'assessment ms',
      'recording ms',
      'parser ms',
      'walk ms',
      'parser/assessment',
      'recording/walk',
    ],
    rows: [
      ...measured.map(({ name, bytes, watch, refused }) =>
        row(name, bytes.length / 1024, (subject) => watch.of(subject), refused !== null),
      ),
      row('sum of those compared', kb(compared), sums(compared), false),
      row('sum of all', kb(measured), sums(measured), true),
    ],
  }
}
