// A field for a password that is to be, as a password manager knows it.
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
