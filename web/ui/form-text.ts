// The contents of a form, by the names of its fields.

/** The text of a form's field, trimmed; empty where there is none. */
export function formText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** As typed: spaces at the ends of a password belong to it. */
export function formSecret(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}

/** Those of the values that are ticked under this name. */
export function formTicks<T extends string>(form: HTMLFormElement, name: string, values: readonly T[]): T[] {
  const ticked = new FormData(form).getAll(name)
  return values.filter((value) => ticked.includes(value))
}
