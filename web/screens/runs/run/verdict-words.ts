// Section L of the rule book with the numbers of rule C7: which sentence a client reads, with which minutes.
import { numberIn } from '../../../../src/domain/evidence.ts'
import { SLACK } from '../../../../src/domain/rounding.ts'
import { shownMinutes } from '../../../../src/domain/shown-numbers.ts'
import { wordsOfFlag, wordsOfVerdict } from '../../../../src/domain/wording.ts'
import type { SensorKind } from '../../../../src/domain/recording.ts'
import type { Run } from '../../../api/api.ts'
import type { MessageKey } from '../../../messages/translate.ts'

export interface Sentence {
  readonly key: MessageKey
  readonly values: Readonly<Record<string, number>>
}

/** What the words rest on, of a run or of its row in a list. */
interface Judged {
  /** Another sport: it is not judged as a run. */
  readonly setAside?: boolean
  readonly sport: string
  readonly sensor: SensorKind
  readonly warnings: readonly string[]
  readonly assessment: Pick<Run['assessment'], 'verdict' | 'flags'> & {
    readonly zoneTime: Pick<Run['assessment']['zoneTime'], 'movingS' | 'goodS' | 'calmS' | 'coverage'>
  }
}

/** Minutes as rule C7 shows them. Where less than 95 % was measured, they are of the measured time, and the time without a
 *  reading is told. Flags that a client may read follow. */
export function verdictWords({ assessment, sport, sensor, warnings, setAside = false }: Judged): Sentence[] {
  const { verdict, zoneTime, flags } = assessment
  const minutes = shownMinutes(zoneTime)
  const { moving, measured, calm, unmeasured } = minutes
  if (setAside) return [{ key: 'words.other_sport', values: { total: moving } }]
  if (warnings.includes('NO_RECORDS')) return [{ key: 'words.summary_only', values: { calm, total: moving } }]
  const partly = zoneTime.coverage < 0.95 - SLACK && !verdict.startsWith('cannot_tell')
  const total = partly ? measured : moving
  const key =
    verdict === 'cannot_tell:signal'
      ? wordsOfSignal(sensor, zoneTime.goodS > 0)
      : wordsOfVerdict(verdict, minutes, sport)
  const sentences: Sentence[] = [{ key, values: { calm, total } }]
  if (partly && unmeasured > 0) sentences.push({ key: 'words.unmeasured', values: { minutes: unmeasured } })
  for (const { kind, evidence } of flags) {
    const key = wordsOfFlag[kind]
    if (key !== undefined) sentences.push({ key, values: { moving, planned: numberIn(evidence, 'plannedMin') ?? 0 } })
  }
  return sentences
}

/** The rule book's sentence has a tip that serves a chest strap alone. */
function wordsOfSignal(sensor: SensorKind, isMeasured: boolean): MessageKey {
  if (sensor === 'chest') return 'words.cannot_tell:signal'
  if (!isMeasured) return 'words.no_heart_rate'
  return sensor === 'wrist' ? 'words.signal_wrist' : 'words.signal_other'
}
