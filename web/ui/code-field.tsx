// The field for a code of the app, or for a backup code if the app is out of reach.
import { t } from '../messages/translate.ts'
import { focusOnce } from './focus-once.ts'

/** @param takesFocus where it is the next thing to fill in */
export function CodeField({ byBackup, takesFocus }: { byBackup: boolean; takesFocus: boolean }) {
  return (
    <label>
      {t(byBackup ? 'signIn.backupCode' : 'totp.code')}
      <input
        name="code"
        required
        // Of a backup code also with a space after each sign.
        maxLength={byBackup ? 30 : 10}
        inputMode={byBackup ? 'text' : 'numeric'}
        autocomplete={byBackup ? 'off' : 'one-time-code'}
        autocapitalize={byBackup ? 'characters' : undefined}
        ref={takesFocus ? focusOnce : null}
      />
    </label>
  )
}
