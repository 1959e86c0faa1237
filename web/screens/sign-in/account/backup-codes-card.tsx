// My backup codes: how many are left, those that I have not confirmed to have stored, and making new ones.
import { useState } from 'preact/hooks'
import type { Me } from '../../../api/people.ts'
import { lookAtBackupCodes, makeBackupCodes } from '../../../api/sign-in.ts'
import { t } from '../../../messages/translate.ts'
import { whenFresh } from '../../../session/fresh.ts'
import { loadMe } from '../../../session/me.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { focusOnce } from '../../../ui/focus-once.ts'
import { Form } from '../../../ui/form.tsx'
import { formSecret } from '../../../ui/form-text.ts'
import { BackupCodes } from '../second-factor/backup-codes.tsx'
import { passwordText } from '../second-factor/password-text.ts'

/** @param made those that were made a moment ago, with the app */
export function BackupCodesCard({
  backupCodes,
  made = [],
}: {
  backupCodes: NonNullable<Me['backupCodes']>
  made?: readonly string[]
}) {
  const [codes, setCodes] = useState(made)
  const [isNoted, setNoted] = useState(false)
  const { left, unkept } = backupCodes
  return (
    <section class="card">
      {codes.length > 0 ? (
        <BackupCodes codes={codes} kept={() => (setCodes([]), setNoted(true))} />
      ) : (
        <>
          <h2 tabIndex={-1} ref={isNoted ? focusOnce : null}>
            {t('backup.title')}
          </h2>
          <p role="status">{isNoted && t('backup.noted')}</p>
          <p>{t('backup.left', { left })}</p>
          {unkept && (
            <>
              <p>{t('backup.unkept')}</p>
              <p class="actions">
                <ActButton
                  main
                  work={async () => {
                    const { codes: shown } = await whenFresh(lookAtBackupCodes)
                    setCodes(shown)
                    // Somebody said meanwhile, elsewhere, that they keep them.
                    if (shown.length === 0) await loadMe()
                  }}
                >
                  {t('backup.look')}
                </ActButton>
              </p>
            </>
          )}
          <details>
            <summary>{t('backup.again')}</summary>
            <Form
              label={t('backup.make')}
              main={false}
              textOf={passwordText}
              submit={async (form) => {
                const password = formSecret(form, 'password')
                const made = await whenFresh(() => makeBackupCodes(password), password)
                setCodes(made.backupCodes)
              }}
            >
              <p>{t('backup.againWhy')}</p>
              <label>
                {t('account.password')}
                <input name="password" type="password" required maxLength={200} autocomplete="current-password" />
              </label>
            </Form>
          </details>
        </>
      )}
    </section>
  )
}
