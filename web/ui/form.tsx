// A form that sends itself once, and says what failed beside its button.
import type { ComponentChildren } from 'preact'
import { useAction } from './use-action.ts'

export function Form({
  label,
  class: name,
  submit,
  textOf,
  main = true,
  children,
}: {
  /** On the button. */
  label: string
  class?: string
  submit: (form: HTMLFormElement) => Promise<void>
  textOf?: (code: string) => string | null
  main?: boolean
  children?: ComponentChildren
}) {
  const { busy, problem, act } = useAction(textOf)
  return (
    <form
      class={name}
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        act(() => submit(form))
      }}
    >
      {children}
      {problem !== null && <p role="alert">{problem}</p>}
      <button type="submit" class={main ? 'main' : undefined} disabled={busy}>
        {label}
      </button>
    </form>
  )
}
