// The secret of a link to a new way in.
import { makeLinkSecret } from '../../../session/link-secret.ts'

export const resetLink = makeLinkSecret('/reset', 'calmpace.reset')
