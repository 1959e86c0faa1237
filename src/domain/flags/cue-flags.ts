// Rules F9 and F10: what the live cues mean afterwards. Signal comes before safety: a cue with over 20 % marked samples
// around it is no attention; where it was HARD it is a note, and attention once a person confirmed it. Who was not guided by anybody did
// not fail to ease off: there NOT_EASING is a note, "here it would have signalled".
import type { Cue } from '../cue.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import type { Prepared } from '../prepare.ts'
import { isBad } from '../quality/mark-quality.ts'
import type { SpanS } from '../recording.ts'
import { firstAfter } from '../rising-times.ts'
import { SLACK } from '../rounding.ts'

/** Attention for HARD, and for NOT_EASING while somebody was guided; a note "possible misreading" for HARD from a bad
 *  signal.
 *  @param isGuided    whether the cues were given, or would have been
 *  @param isConfirmed whether a person said that the heart rate was as hard as that, whatever the signal */
export function flagCues(
  cues: readonly Cue[],
  prepared: Prepared,
  { isGuided, isConfirmed }: { readonly isGuided: boolean; readonly isConfirmed: boolean },
  p: FlagParameters = flagDefaults,
): Finding[] {
  const urgent = cues.filter(([, kind]) => kind === 'HARD' || kind === 'NOT_EASING')
  const markedShare = urgent.map(([atS]) => markedAround(prepared, aroundOf(atS, p)) / p.misreadingAroundS)
  const isDoubtful = (i: number) => markedShare[i] > p.misreadingShare + SLACK
  const flags: Finding[] = []
  for (const [kind, cueKind] of [
    ['F9.hard', 'HARD'],
    ['F9.not_easing', 'NOT_EASING'],
  ] as const) {
    const firm = urgent.filter((cue, i) => cue[1] === cueKind && !isDoubtful(i))
    const level = kind === 'F9.hard' || isGuided ? 'attention' : 'note'
    const spansS = firm.map(([atS]) => aroundOf(atS, p))
    if (firm.length > 0) flags.push(makeFinding(kind, level, { times: firm.length, isGuided, spansS }))
  }
  const doubtful = urgent.filter((cue, i) => cue[1] === 'HARD' && isDoubtful(i))
  if (doubtful.length > 0)
    flags.push(
      makeFinding('F10.possible_misreading', isConfirmed ? 'attention' : 'note', {
        times: doubtful.length,
        isConfirmed,
        markedShare: Math.max(...markedShare),
        spansS: doubtful.map(([atS]) => aroundOf(atS, p)),
      }),
    )
  return flags
}

/** Whether over 20 % of the minute around the middle of a stretch is marked (rules F2, F10). */
export function isDoubtfulAround(prepared: Prepared, [fromS, toS]: SpanS, p: FlagParameters = flagDefaults): boolean {
  const around = aroundOf((fromS + toS) / 2, p)
  return markedAround(prepared, around) / p.misreadingAroundS > p.misreadingShare + SLACK
}

const aroundOf = (atS: number, p: FlagParameters): SpanS => [
  Math.max(0, atS - p.misreadingAroundS / 2),
  atS + p.misreadingAroundS / 2,
]

function markedAround({ timesS, marks, endsS }: Prepared, [fromS, toS]: SpanS): number {
  let markedS = 0
  for (let i = firstAfter(endsS, fromS); i < marks.length && timesS[i] < toS; i++)
    if (isBad(marks[i])) markedS += Math.max(0, Math.min(endsS[i], toS) - Math.max(timesS[i], fromS))
  return markedS
}
