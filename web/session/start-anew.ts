// Reloads the page so that nothing of the last person stays in its memory, and tells the next page why.
import { draftsWritten } from '../drafts/these-drafts.ts'
import { leaveUnasked } from '../group-run/leave.ts'
import { keepWord, recallWord } from '../ui/small-memory.ts'

/** Why somebody sees the sign-in. `left`: they signed out in another tab. `over`: the session ended. `erased`: they erased
 *  everything of themselves. */
export type WhyNobody = 'left' | 'over' | 'erased'

const KEY = 'calmpace.whyNobody'

/** Told by the page before this one, until somebody is here. */
export const whyBefore: WhyNobody | null = read()

function read(): WhyNobody | null {
  const word = recallWord('sessionStorage', KEY)
  return word === 'left' || word === 'over' || word === 'erased' ? word : null
}

/** Somebody is here: whoever sees the sign-in after them does so for another reason. */
export const forgetWhy = (): void => keepWord('sessionStorage', KEY, null)

/** @param path null stays where it is: an address names nobody, and who signs in again goes on there */
export async function startAnew(why: WhyNobody | null, path: string | null): Promise<void> {
  keepWord('sessionStorage', KEY, why)
  await draftsWritten()
  leaveUnasked()
  if (path === null) location.reload()
  else location.replace(path)
}
