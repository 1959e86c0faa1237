// What people did with a runner's cues during a group run (rule E7, "told"). Plain data, kept with the recording: an
// acknowledgement and a snooze are cues of their own, and a supervisor sees who told the runner and when.

export const cueResponseKinds = ['told', 'acknowledge', 'snooze'] as const
export type CueResponseKind = (typeof cueResponseKinds)[number]

/** `elapsedS` since the start of the run; `by` is the id of the person who did it. */
export type CueResponse = readonly [elapsedS: number, kind: CueResponseKind, by: string]
