// Whether the cues of a run were really given. For a watch's file they are only what calmpace would have said.
import type { Run } from '../../../api/api.ts'

export const isGuided = ({ format, participation, hands }: Pick<Run, 'format' | 'participation' | 'hands'>): boolean =>
  format === 'strap' || participation !== null || hands.length > 0
