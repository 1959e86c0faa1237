// My backup codes: how many are left, those that I did not say I keep, and making them again.
import { useState } from 'preact/hooks'
import type { Me } from '../../api/people.ts'
import { lookAtBackupCodes, makeBackupCodes } from '../../api/sign-in.ts'
import { t } from '../../messages/translate.ts'
import { whenFresh } from '../../session/fresh.ts'
import { loadMe } from '../../session/me.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Form } from '../../ui/form.tsx'
import { formSecret } from '../../ui/form-text.ts'
import { BackupCodes } from '../second-factor/backup-codes.tsx'
import { passwordText } from '../second-factor/password-text.ts'

export function BackupCodesCard({ backupCodes }: { backupCodes: NonNullable<Me['backupCodes']> }) {
  const [codes, setCodes] = useState<readonly string[]>([])
  const { left, unkept } = backupCodes
  return (
    <section class="card">
      {codes.length > 0 ? (
        <BackupCodes codes={codes} kept={() => setCodes([])} />
      ) : (
        <>
          <h2>{t('backup.title')}</h2>
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
