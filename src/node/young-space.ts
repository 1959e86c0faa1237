// V8's space for what is new: while modules load it grows to 64 MB, most of which stands empty ever after in a server that does little.
// Whoever starts a process that serves keeps it small while modules load; once it is ready, `serve` lets it grow as V8 likes, for what work
// needs.
import { setFlagsFromString } from 'node:v8'

/** Before the modules of the server are loaded. It costs a tenth of a second of the start, and saves some 40 MB for as long as nobody
 *  asks for much. */
export const keepYoungSpaceSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1')

/** Once the server is ready. 2 is V8's own. */
export const letYoungSpaceGrow = (): void => setFlagsFromString('--semi-space-growth-factor=2')
