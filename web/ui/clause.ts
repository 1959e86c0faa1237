/** What somebody typed, as the end of a sentence of ours that closes itself: without its own full stops. */
export const asClause = (typed: string): string => typed.trim().replace(/[.!\u2026\s]+$/u, '')
