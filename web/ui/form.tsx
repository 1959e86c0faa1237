// A form that is sent once, and shows an error beside its button. It can keep typed text until then.
import type { ComponentChildren } from 'preact'
import type { DraftOf } from '../drafts/draft-box.ts'
import { useFormDraft } from '../drafts/use-draft.tsx'
import { useAction } from './use-action.ts'

export function Form({
  label,
  class: name,
  submit,
  textOf,
  main = true,
  draft = null,
  after,
  children,
}: {
  /** On the button. */
  label: string
  class?: string
  submit: (form: HTMLFormElement) => Promise<void>
  textOf?: (code: string) => string | null
  main?: boolean
  /** Keeps what is typed, for whoever types it, until it is sent. */
  draft?: DraftOf | null
  /** Other ways on, below its button. */
  after?: ComponentChildren
  children?: ComponentChildren
}) {
  const { busy, problem, act } = useAction(textOf)
  const kept = useFormDraft(draft)
  return (
    <form
      ref={kept.form}
      class={name}
      // A browser keeps what stands in fields in its own files, to bring a page back. Fields of a password manager say so themselves.
      autocomplete="off"
      onInput={kept.typed}
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        act(async () => {
          await submit(form)
          kept.saved()
        })
      }}
    >
      {kept.line}
      {children}
      {problem !== null && <p role="alert">{problem}</p>}
      <button type="submit" class={main ? 'main' : undefined} aria-disabled={busy}>
        {label}
      </button>
      {after}
    </form>
  )
}
