// Words for a run whose cues rest on something else than the rest of its report: what guided it, and what it is judged
// by.
import type { Run } from '../../../api/api.ts'
import type { MessageKey } from '../../../messages/translate.ts'

export interface GuidedWord {
  readonly key: MessageKey
  /** Limits in bpm; null is none. */
  readonly limits: { readonly was: number | null; readonly here: number | null } | null
}

/** One for each difference; empty where there is nothing to tell. */
export const guidedWords = ({ guided, assessment: { zone } }: Pick<Run, 'guided' | 'assessment'>): GuidedWord[] =>
  (guided?.differs ?? []).map((one) => {
    switch (one) {
      case 'ceiling':
        return { key: 'run.guided.ceiling', limits: { was: guided?.ceilingBpm ?? null, here: zone.ceilingBpm } }
      case 'hard':
        return { key: 'run.guided.hard', limits: { was: guided?.hardBpm ?? null, here: zone.hardBpm } }
      case 'watch_level':
        return { key: guided?.watchLevel === 'extra' ? 'run.guided.extra' : 'run.guided.standard', limits: null }
      case 'changed_in_run':
        return { key: 'run.guided.changed', limits: null }
      case 'parameters':
        return { key: 'run.guided.parameters', limits: null }
    }
  })
