// Recognises requests that the page sends by itself again and again. The page marks them, so an abandoned page does not
// keep a session alive. A caller can only lose something by sending the mark.

/** The page writes it too (`web/api/request.ts`). */
export const QUIET_HEADER = 'x-calmpace-quiet'

export const isQuiet = (headers: Headers): boolean => headers.has(QUIET_HEADER)
