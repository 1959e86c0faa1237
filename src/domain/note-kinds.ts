// Kinds of what is written down of a client beside their runs, and of what can be removed again: as store, API and archives say
// them.

export const noteKinds = ['question', 'answer', 'shared'] as const
export type NoteKind = (typeof noteKinds)[number]

/** `upset`: an advised rest day was taken hard. `score`: the result of a questionnaire (rule G14). */
export const restNoteKinds = ['upset', 'score'] as const
export type RestNoteKind = (typeof restNoteKinds)[number]

export const removalKinds = ['run', 'after_run', 'rest_note'] as const
export type RemovalKind = (typeof removalKinds)[number]
