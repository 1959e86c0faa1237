// Signing out: the page forgets everything that it showed.
import { signOut } from '../../api/sign-in.ts'
import { t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'

export function SignOutButton() {
  return (
    <ActButton
      work={async () => {
        await signOut()
        location.assign('/')
      }}
    >
      {t('account.signOut')}
    </ActButton>
  )
}
