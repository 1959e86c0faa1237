// How far a runner's part in a group run has come: the words that phone, server and screens share.

/** `arriving`: batches come in, there is no run yet. `composed`: all that was recorded is a run. `composed_incomplete`: what
 *  has arrived is a run, and more may come. `checked_in_only`: what has arrived holds no run, for nobody pressed start. */
export const participationStates = ['arriving', 'composed', 'composed_incomplete', 'checked_in_only'] as const
export type ParticipationState = (typeof participationStates)[number]
