/** Waited for between two pieces of long work: whoever asked meanwhile is answered first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
