// Signing out: the page forgets everything that it showed and that it kept of whom somebody guides. What was recorded here
// and not sent stays, and is said first.
import { useState } from 'preact/hooks'
import { ApiError } from '../../api/api-error.ts'
import { signOut } from '../../api/sign-in.ts'
import { t } from '../../messages/translate.ts'
import { thisOutbox } from '../../outbox/this-browser.ts'
import { ActButton } from '../../ui/act-button.tsx'

export function SignOutButton() {
  const [unsent, setUnsent] = useState(0)
  if (unsent === 0)
    return (
      <ActButton
        work={async () => {
          const left = await thisOutbox.countUnsent()
          if (left === 0) await leave()
          else setUnsent(left)
        }}
      >
        {t('account.signOut')}
      </ActButton>
    )
  return (
    <span class="sure" role="group" aria-label={t('account.unsent', { unsent })}>
      <span>{t('account.unsent', { unsent })}</span>
      <ActButton work={leave}>{t('account.signOutAnyway')}</ActButton>
      <button type="button" ref={(button) => button?.focus()} onClick={() => setUnsent(0)}>
        {t('app.no')}
      </button>
    </span>
  )
}

async function leave(): Promise<void> {
  await signOut()
  await thisOutbox.wipeKept().catch(() => {
    throw new ApiError('NOT_WIPED')
  })
  location.assign('/')
}
