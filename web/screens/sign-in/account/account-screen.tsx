// My account: second factor, password, where I am signed in, and, for a client, who looked at my data and my rights.
import { useState } from 'preact/hooks'
import type { Me } from '../../../api/people.ts'
import { changePassword, endTotp } from '../../../api/sign-in.ts'
import { t } from '../../../messages/translate.ts'
import { whenFresh } from '../../../session/fresh.ts'
import { hasShownFactor, isStaff, loadMe } from '../../../session/me.ts'
import { MIN_PASSWORD } from '../../../session/min-password.ts'
import { NewPassword } from '../../../ui/new-password.tsx'
import { Form } from '../../../ui/form.tsx'
import { formSecret } from '../../../ui/form-text.ts'
import { Link } from '../../../ui/router.tsx'
import { roleWords } from '../../../ui/role-words.ts'
import { MyRights } from '../../rights/my-rights.tsx'
import { passwordText } from '../second-factor/password-text.ts'
import { ShowOwnFactor } from '../second-factor/show-own-factor.tsx'
import { TotpSetup } from '../second-factor/totp-setup.tsx'
import { BackupCodesCard } from './backup-codes-card.tsx'
import { MyLog } from './my-log.tsx'
import { PasskeysCard } from './passkeys-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { SignOutButton } from './sign-out.tsx'

export function AccountScreen({ me }: { me: Me }) {
  const [isAdded, setAdded] = useState(false)
  return (
    <>
      <h1>{t('account.title')}</h1>
      <section class="card">
        <dl>
          <div>
            <dt>{t('join.name')}</dt>
            <dd>{me.name}</dd>
          </div>
          <div>
            <dt>{t('signIn.email')}</dt>
            <dd>{me.email}</dd>
          </div>
          <div>
            <dt>{t('account.roles')}</dt>
            <dd>{me.roles.length === 0 ? t('account.noRole') : roleWords(me.roles)}</dd>
          </div>
        </dl>
        <p class="actions">
          <Link to="/this-phone" class="button">
            {t('phone.title')}
          </Link>
          <SignOutButton />
        </p>
      </section>
      {me.clientId !== null && <MyLog clientId={me.clientId} me={me} />}
      {me.clientId !== null && <MyRights me={me} clientId={me.clientId} />}
      {/* A password alone must neither add another way in nor end the others. */}
      {hasShownFactor(me) ? (
        <WaysIn me={me} added={() => setAdded(true)} />
      ) : (
        <ShowOwnFactor me={me} isAdded={isAdded} />
      )}
    </>
  )
}

function WaysIn({ me, added }: { me: Me; added: () => void }) {
  const [codes, setCodes] = useState<readonly string[]>([])
  const began = (made: readonly string[]) => {
    setCodes(made)
    void loadMe()
  }
  return (
    <>
      {me.hasTotp ? <TotpOff me={me} /> : <TotpSetup done={began} />}
      {me.backupCodes !== null && <BackupCodesCard backupCodes={me.backupCodes} made={codes} />}
      <PasskeysCard added={added} />
      <PasswordCard />
      <SessionsCard me={me} />
    </>
  )
}

function TotpOff({ me }: { me: Me }) {
  return (
    <section class="card">
      <h2>{t('totp.title')}</h2>
      <p>{t('totp.on')}</p>
      <details>
        <summary>{t('totp.off')}</summary>
        <Form
          label={t('totp.off')}
          main={false}
          textOf={passwordText}
          submit={async (form) => {
            const password = formSecret(form, 'password')
            await whenFresh(() => endTotp(password), password)
            await loadMe()
          }}
        >
          {isStaff(me) && <p>{t('totp.offStaff')}</p>}
          <label>
            {t('account.password')}
            <input name="password" type="password" required maxLength={200} autocomplete="current-password" />
          </label>
        </Form>
      </details>
    </section>
  )
}

function PasswordCard() {
  const [changed, setChanged] = useState(false)
  return (
    <section class="card">
      <h2>{t('account.changePassword')}</h2>
      <Form
        label={t('account.changePassword')}
        main={false}
        textOf={passwordText}
        submit={async (form) => {
          setChanged(false)
          const current = formSecret(form, 'current')
          const wanted = formSecret(form, 'new')
          await whenFresh(() => changePassword(current, wanted), current)
          form.reset()
          setChanged(true)
        }}
      >
        <div class="fields">
          <label>
            {t('account.password')}
            <input name="current" type="password" required maxLength={200} autocomplete="current-password" />
          </label>
          <NewPassword name="new" label={t('account.newPassword', { least: MIN_PASSWORD })} />
        </div>
        <p role="status">{changed && t('account.passwordChanged')}</p>
      </Form>
    </section>
  )
}
