// How much memory V8 takes for values that are thrown away again at once. Left to itself it takes up to 100 MB of a machine with much
// memory and gives none back, for a gain that a server of a practice does not notice.
import { setFlagsFromString } from 'node:v8'

/** Let it stay as large as it is by now: all code is loaded. */
export const keepYoungMemory = (): void => setFlagsFromString('--semi-space-growth-factor=1')
