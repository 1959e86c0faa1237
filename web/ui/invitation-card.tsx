// An invitation that was just made.
import type { Invitation } from '../api/people.ts'
import { formatMoment, t } from '../messages/translate.ts'
import { LinkOnce } from './link-once.tsx'

export const InvitationCard = ({ invitation: { token, name, expiresAtMs } }: { invitation: Invitation }) => (
  <LinkOnce
    link={`${location.origin}/join#${token}`}
    words={`${name === '' ? '' : `${t('invite.madeFor', { name })} `}${t('invite.once', { date: formatMoment(expiresAtMs) })}`}
    alt={t('invite.qr')}
  />
)
