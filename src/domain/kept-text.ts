// How long words of a file may be that are kept with a run: what comes in is cut to it, and an archive is read by the same
// numbers, so that what was kept always comes in again.

export const mostOf = { fileName: 1000, sport: 100, subSport: 100, device: 300 } as const

/** A text of at most so many characters; of one that is longer the end is kept behind `…`, for there a file name says what it
 *  is. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `…${text.slice(text.length - most + 1)}`
