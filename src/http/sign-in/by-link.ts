// Code that both kinds of links share (invitation and reset): their tokens, the line in the log for a link that does
// not work, and the sign-in with the new password.
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { TOKEN } from '../../store/sign-in/tokens.ts'
import type { AppContext } from '../app-context.ts'
import { ProblemError } from '../problem.ts'
import type { Auth } from './auth.ts'
import { keepKnownBrowser } from './known-browser.ts'
import type { SignInLog } from './sign-in-log.ts'

export const tokenBody = z.strictObject({ token: z.string().max(100) })
export const nextToken = z
  .string()
  .regex(TOKEN)
  .describe('192 random bits of the page itself, in base64url: the token from now on')

/** A link that does not work, or by which nothing could be made, is a line: somebody may be guessing. */
export const logIfUnusable =
  (log: SignInLog) =>
  async <T>(c: Context, asked: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ProblemError) await log.refusedUnknown(c, asked, error.code, { personId: null })
      throw error
    }
  }

/** The answer carries a session, and this browser is known from now on. */
export async function signInBy(
  context: AppContext,
  c: Context,
  auth: Auth,
  { id, email }: { readonly id: string; readonly email: string },
  password: string,
): Promise<void> {
  const signedIn = await auth.api.signInEmail({ body: { email, password }, asResponse: true })
  for (const cookie of signedIn.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  const origin = context.origin ?? new URL(c.req.url).origin
  c.header('set-cookie', await keepKnownBrowser(context, c, origin, id, false), { append: true })
}
