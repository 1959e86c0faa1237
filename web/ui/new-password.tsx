// A field for a new password, marked so that a password manager recognises it.
import { MIN_PASSWORD } from '../session/min-password.ts'

export function NewPassword({ name, label }: { name: string; label: string }) {
  return (
    <label>
      {label}
      <input
        name={name}
        type="password"
        required
        minLength={MIN_PASSWORD}
        maxLength={200}
        autocomplete="new-password"
      />
    </label>
  )
}
