// Whether anybody was there to give the cues of a run: of a watch's file they are only what calmpace would have said.
import type { Run } from '../../../api/api.ts'

export const isGuided = ({ format, participation, hands }: Pick<Run, 'format' | 'participation' | 'hands'>): boolean =>
  format === 'strap' || participation !== null || hands.length > 0
