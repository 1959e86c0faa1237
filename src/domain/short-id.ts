// The first of an id, for names that people see beside each other: two files of one day, or of one minute, differ by it.

/** Not unique by itself; it only tells apart what stands together. */
export const shortId = (id: string): string => id.slice(0, 8)
