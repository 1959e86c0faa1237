// A plugin that asks the library whose sign-in waits for a code (code-owner.ts).
import { createAuthEndpoint } from 'better-auth/api'

/** As the library names the rows of a second factor that is waited for. A passkey's challenge is such a row too, in a cookie
 *  signed alike: what it holds is nobody's id. */
const SECOND_FACTOR = '2fa-'

/** What `findCodeOwner` asks. Of the library, so that its own reading of a cookie and of a signature decides: one that we take for
 *  another than it does would name the wrong person. Nobody reaches it from outside. */
export const codeOwner = {
  id: 'code-owner',
  endpoints: {
    findCodeOwner: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (ctx) => {
      const { context } = ctx
      const { name } = context.createAuthCookie('two_factor')
      const identifier = await ctx.getSignedCookie(name, context.secret)
      if (typeof identifier !== 'string' || !identifier.startsWith(SECOND_FACTOR)) return null
      return (await context.internalAdapter.findVerificationValue(identifier))?.value ?? null
    }),
  },
}
