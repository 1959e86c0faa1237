// Sorts the result of an upload by what a person can do: runs, runs that may be there twice, failed files with reasons,
// and files that are no runs. Pure; `results.tsx` shows it.
import { isNoRun, isOfArchive, type LeftOfArchive } from '../../../../../src/formats/left-files.ts'
import type { UploadResult } from '../../../../api/imports.ts'

/** Files that were not read for the same reason. */
export interface Reason {
  readonly code: string | null
  readonly message: string | null
  readonly detail: string | null
  readonly count: number
  /** Of the first ones. */
  readonly files: readonly string[]
}
export interface UploadOutcome {
  readonly runs: readonly UploadResult[]
  /** Read in too, and perhaps the same as one that is there. */
  readonly near: readonly UploadResult[]
  readonly there: readonly UploadResult[]
  readonly failed: readonly Reason[]
  /** By the archive or folder that they lie in; null for what was chosen by itself. */
  readonly noRuns: readonly { readonly archive: string | null; readonly reasons: readonly Reason[] }[]
  readonly counts: {
    /** With those that may be there twice. */
    readonly read: number
    readonly near: number
    readonly there: number
    readonly failed: number
    /** Archives of which a part is missing. */
    readonly broken: number
    readonly noRun: number
  }
}

export function toOutcome(results: readonly UploadResult[], left: readonly LeftOfArchive[]): UploadOutcome {
  const of = (kind: UploadResult['result']) => results.filter(({ result }) => result === kind)
  const [added, near, there] = [of('added'), of('near_duplicate'), of('already_there')]
  const failed = new Reasons()
  const alone = new Reasons()
  for (const { code, message, detail, file } of of('not_usable'))
    // Whoever chose a picture by itself meant something by it: that is told with what to do.
    (code === 'NOT_ACTIVITY' ? alone : failed).add({ code, message, detail, count: 1, files: [file] })
  const inArchives = left.map(({ archive, counts }) => {
    const noRuns = new Reasons()
    for (const { code, count, names } of counts)
      (isNoRun(code) ? noRuns : failed).add({ code, message: null, detail: null, count, files: names })
    return { archive, reasons: noRuns.all }
  })
  const noRuns = [{ archive: null, reasons: alone.all }, ...inArchives].filter(({ reasons }) => reasons.length > 0)
  const broken = sum(failed.all.filter(({ code }) => code !== null && isOfArchive(code)))
  return {
    runs: added,
    near,
    there,
    failed: failed.all,
    noRuns,
    counts: {
      read: added.length + near.length,
      near: near.length,
      there: there.length,
      failed: sum(failed.all) - broken,
      broken,
      noRun: sum(noRuns.flatMap(({ reasons }) => reasons)),
    },
  }
}

const sum = (reasons: readonly Reason[]): number => reasons.reduce((all, { count }) => all + count, 0)

/** The same reason once, in the order of the first of each. */
class Reasons {
  readonly #byWords = new Map<string, Reason>()

  add(one: Reason): void {
    const words = JSON.stringify([one.code, one.code === null ? one.message : null, one.detail])
    const known = this.#byWords.get(words)
    this.#byWords.set(
      words,
      known === undefined ? one : { ...known, count: known.count + one.count, files: [...known.files, ...one.files] },
    )
  }

  get all(): readonly Reason[] {
    return [...this.#byWords.values()]
  }
}
