// Reloads the page so that nothing of the last person stays in its memory, and tells the next page why.
import { draftsWritten } from '../drafts/these-drafts.ts'
import { leaveUnasked } from '../group-run/leave.ts'
import { keepWord, recallWord } from '../ui/small-memory.ts'

/** Why somebody sees the sign-in. `left`: they signed out in another tab. `over`: the session ended. `erased`: they erased
 *  everything of themselves; `erased_waits`: and copies stand in the files of the server for a while. */
const reasons = ['left', 'over', 'erased', 'erased_waits'] as const
export type WhyNobody = (typeof reasons)[number]

const KEY = 'calmpace.whyNobody'

/** Told by the page before this one, until somebody is here. */
export const whyBefore: WhyNobody | null = read()

function read(): WhyNobody | null {
  const word = recallWord('sessionStorage', KEY)
  return reasons.find((one) => one === word) ?? null
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
