// An invitation that was just made: link and QR code, shown this once.
import type { Invitation } from '../api/people.ts'
import { formatMoment, t } from '../messages/translate.ts'
import { CopyButton } from './once-text.tsx'
import { QrCode } from './qr-code.tsx'

export function InvitationCard({ invitation }: { invitation: Invitation }) {
  const link = `${location.origin}/join#${invitation.token}`
  return (
    <div role="status" class="once">
      <p>{t('invite.once', { date: formatMoment(invitation.expiresAtMs) })}</p>
      <QrCode text={link} alt={t('invite.qr')} />
      <p>
        <code class="link">{link}</code>
      </p>
      <p class="actions">
        <CopyButton text={link} />
      </p>
    </div>
  )
}
