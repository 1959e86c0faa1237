// The secret of an invitation's link.
import { makeLinkSecret } from '../../../session/link-secret.ts'

export const invitation = makeLinkSecret('/join', 'calmpace.invitation')
