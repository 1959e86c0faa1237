// Section L of the rule book with the numbers of rule C7: which sentence a client reads, with which minutes.
import { wordsOfFlag, wordsOfVerdict } from '../../../src/domain/wording.ts'
import type { Run } from '../../api/api.ts'
import type { MessageKey } from '../../messages/translate.ts'

export interface Sentence {
  readonly key: MessageKey
  readonly values: Readonly<Record<string, number>>
}

/** What the words rest on, of a run or of its row in a list. */
interface Judged {
  /** Another sport: it is not judged as a run. */
  readonly setAside?: boolean
  readonly sport: string
  readonly assessment: Pick<Run['assessment'], 'verdict' | 'flags'> & {
    readonly zoneTime: Pick<Run['assessment']['zoneTime'], 'movingS' | 'goodS' | 'calmS' | 'coverage'>
  }
}

/** Calm minutes round down, moving minutes to the nearest. Where less than 95 % was measured, the minutes are of the
 *  measured time, and the time without a reading is told. Flags that a client may read follow. */
export function verdictWords({ assessment, sport, setAside = false }: Judged): Sentence[] {
  const { verdict, zoneTime, flags } = assessment
  const { movingS, goodS, calmS, coverage } = zoneTime
  const moving = Math.round(movingS / 60)
  const calm = Math.floor(calmS / 60 + 1e-9)
  if (setAside) return [{ key: 'words.other_sport', values: { total: moving } }]
  const partly = coverage < 0.95 - 1e-9 && !verdict.startsWith('cannot_tell')
  const total = partly ? Math.round(goodS / 60) : moving
  const sentences: Sentence[] = [{ key: wordsOfVerdict(verdict, calm, sport), values: { calm, total } }]
  const minutes = Math.round((movingS - goodS) / 60)
  if (partly && minutes > 0) sentences.push({ key: 'words.unmeasured', values: { minutes } })
  for (const { kind, evidence } of flags) {
    const key = wordsOfFlag[kind]
    if (key !== undefined) sentences.push({ key, values: { moving, planned: Number(evidence['plannedMin'] ?? 0) } })
  }
  return sentences
}
