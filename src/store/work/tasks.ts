// Slow work as pure functions of values that can go to another thread and back. The result is the same in every thread.
// Runs are passed packed, so the caller unpacks none.
import type { CsvDialect, Language } from '../../domain/languages.ts'
import { strToU8 } from 'fflate'
import { assess, type RunContext } from '../../domain/assess.ts'
import type { Assessment } from '../../domain/assessment.ts'
import type { CalmZone } from '../../domain/calm-zone.ts'
import type { Guidance, GuidedFrom } from '../../domain/guidance.ts'
import type { GuidedRecording } from '../../domain/guided-recording.ts'
import { overrideParameters, type ParameterOverrides } from '../../domain/parameters/parameters.ts'
import { dataSpansOf, overlapsBy } from '../../domain/sources/overlap.ts'
import { findTwin, toTwinSide, type Twin } from '../../domain/sources/twins.ts'
import { deflateMember, type Deflated } from '../../formats/archive/deflate-member.ts'
import type { ClientArchive } from '../../formats/archive/client-archive.ts'
import { writePage, type PageFacts } from '../../formats/archive/page/page.ts'
import { drawRun } from '../../formats/archive/page/run-chart.ts'
import { pageWords } from '../../formats/archive/page/words.ts'
import { dayOf, writeExport, type ExportFormat, type WrittenExport } from '../../formats/export/write-export.ts'
import { layColumns, openedBytes, unpackRecording, type PackedRecording } from '../columns.ts'
import { openExport, type PackedExport } from '../runs/packed-export.ts'

import { sumUpRun, writeSeries, type SummedRun } from '../runs/summed-run.ts'
import { openRun, type PackedRun } from '../runs/packed-run.ts'
import { readPacked, type PackedReading } from '../runs/read-packed.ts'

interface Judging {
  readonly run: PackedRun
  readonly tried: Tried | null
  readonly zone: CalmZone
  readonly context: Omit<RunContext, 'heard'>
}

/** What of a phone's guidance is tried otherwise: null leaves it as it was. */
export interface Tried {
  readonly limits: Pick<Guidance, 'ceilingBpm' | 'hardBpm'> | null
  readonly parameters: ParameterOverrides | null
}

interface Pair {
  readonly one: PackedRecording
  readonly other: PackedRecording
  readonly overrides: ParameterOverrides
}

interface Reading {
  readonly name: string
  readonly bytes: Uint8Array
  /** Of reading, which no time lies far ahead of (rule T1). */
  readonly nowMs: number
}

interface Exporting {
  readonly run: PackedExport
  readonly format: ExportFormat
  readonly dialect: CsvDialect
  /** Of this service, where it was given one. */
  readonly origin: string | null
}
interface Exported extends Pick<WrittenExport, 'type' | 'ending'> {
  readonly body: Uint8Array<ArrayBuffer>
  readonly day: string
}
interface Charting {
  readonly run: PackedRun
  readonly overrides: ParameterOverrides
  /** Rule H: where the clinic chose so. */
  readonly showsAlpha1: boolean
}
interface Drawing {
  readonly run: PackedExport
  readonly language: Language
  readonly isLimitFromLater: boolean
}

interface Paging extends PageFacts {
  readonly archive: ClientArchive
}

export const tasks = {
  read: ({ name, bytes, nowMs }: Reading): PackedReading => readPacked(name, bytes, nowMs),
  judge: ({ run, tried, zone, context }: Judging): Assessment => {
    const { recording, heard } = openRun(run, overrideParameters(context.parameters ?? {}))
    return assess(recording, zone, { ...context, heard: heard && tried ? hearUnder(heard, tried) : heard })
  },
  /** Whether both lie over each other by the clocks of both, in seconds for which both hold data. */
  overlaps: ({ one, other, overrides }: Pair): boolean => {
    const { quality, source } = overrideParameters(overrides)
    const [spans, otherSpans] = [one, other].map((side) => dataSpansOf(unpackRecording(side), quality))
    return spans !== undefined && otherSpans !== undefined && overlapsBy(spans, otherSpans, source.overlapShare)
  },
  findTwin: ({ one, other, overrides }: Pair): Twin | null => {
    const { quality, source } = overrideParameters(overrides)
    return findTwin(toTwinSide(unpackRecording(one), quality), toTwinSide(unpackRecording(other), quality), source)
  },
  /** With the local day on which the run began. Null where this format asks for readings and the run has none. */
  export: ({ run, format, dialect, origin }: Exporting): Exported | null => {
    const opened = openExport(run)
    const written = writeExport(opened, format, dialect, origin)
    if (written === null) return null
    const { body, type, ending } = written
    return { body: typeof body === 'string' ? strToU8(body) : body, type, ending, day: dayOf(opened) }
  },
  series: ({ run, overrides, showsAlpha1 }: Charting): string =>
    writeSeries(openRun(run, overrideParameters(overrides)), overrideParameters(overrides), showsAlpha1),
  sumUp: ({ run, overrides }: Omit<Charting, 'showsAlpha1'>): SummedRun =>
    sumUpRun(openRun(run, overrideParameters(overrides))),
  /** A chart for the page of a data.zip. */
  draw: ({ run, language, isLimitFromLater }: Drawing): string | null =>
    drawRun(openExport(run), pageWords[language], isLimitFromLater),
  /** The page of a data.zip. */
  page: ({ archive, ...facts }: Paging): Uint8Array => strToU8(writePage(archive, facts)),
  /** Columns as a data.zip holds them. */
  lay: (recording: PackedRecording): Uint8Array => layColumns(unpackRecording(recording)),
  deflate: (bytes: Uint8Array): Deflated => deflateMember(bytes),
} as const

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>

/** product choice: an hour or two of a watch or a strap, opened; what is shown of it takes some milliseconds. */
const SHORT_BYTES = 256 * 1024
const isShortRun = ({ own, other }: PackedRun): boolean =>
  openedBytes(own) + (other === null ? 0 : openedBytes(other)) <= SHORT_BYTES

/** What can take less than to ask a thread: it is done where it is asked for then, and waits behind nobody's import. */
const shortWork: { readonly [Name in TaskName]?: (input: TaskInput<Name>) => boolean } = {
  series: ({ run, showsAlpha1 }) => !showsAlpha1 && isShortRun(run),
  sumUp: ({ run }) => isShortRun(run),
}
export const isShort = <Name extends TaskName>(name: Name, input: TaskInput<Name>): boolean =>
  shortWork[name]?.(input) ?? false

function hearUnder(heard: GuidedRecording, { limits, parameters }: Tried): GuidedRecording {
  const under = (by: Guidance): Guidance => ({ ...by, ...(parameters === null ? {} : { parameters }) })
  return {
    ...heard,
    guidance: { ...under(heard.guidance), ...limits },
    later: limits === null ? heard.later.map(([atS, by]): GuidedFrom => [atS, under(by)]) : [],
  }
}
