// Whether nobody at a screen asked: the page marks what it asks by itself, again and again, so that a page that was left alone
// keeps no session alive. The mark only ever takes something away from whoever sends it.

/** The page writes it too (`web/api/request.ts`). */
export const QUIET_HEADER = 'x-calmpace-quiet'

export const isQuiet = (headers: Headers): boolean => headers.has(QUIET_HEADER)
