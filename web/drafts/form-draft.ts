// Finds what a person changed in a form since it was shown, and puts the changes back later. Unchanged fields show the
// current values of that time.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
/** Name, of a tick or a choice its value, and what was typed. */
type Typed = readonly [name: string, choice: string | null, text: string | boolean]
/** How each field was shown. */
export type Shown = ReadonlyMap<Field, string | boolean>

/** A confirming tick is never restored: the person must see what they confirm. */
const NEVER_KEPT: readonly string[] = ['confirm']

export const lookAt = (form: HTMLFormElement): Shown => new Map(fieldsOf(form).map((field) => [field, stateOf(field)]))

/** @returns null where nothing differs from what was shown */
export function readTyped(form: HTMLFormElement, shown: Shown): readonly Typed[] | null {
  const typed = fieldsOf(form)
    .filter((field) => shown.has(field) && shown.get(field) !== stateOf(field))
    .map((field): Typed => [field.name, choiceOf(field), stateOf(field)])
  return typed.length === 0 ? null : typed
}

/** As if it was typed again. @returns whether there was anything to put */
export function putTyped(form: HTMLFormElement, value: unknown): boolean {
  const typed = Array.isArray(value) ? value.filter(isTyped) : []
  let count = 0
  for (const [name, choice, state] of typed)
    for (const field of fieldsOf(form).filter((one) => one.name === name && choiceOf(one) === choice)) {
      if (typeof state === 'string') field.value = state
      else if (field instanceof HTMLInputElement) field.checked = state
      field.dispatchEvent(new Event('input', { bubbles: true }))
      count++
    }
  return count > 0
}

const fieldsOf = (form: HTMLFormElement): Field[] =>
  [...form.querySelectorAll<Field>('input, textarea, select')].filter(
    ({ name, type }) => name !== '' && !NEVER_KEPT.includes(name) && !['password', 'file', 'hidden'].includes(type),
  )
const isTick = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio'
const stateOf = (field: Field): string | boolean => (isTick(field) ? field.checked : field.value)
const choiceOf = (field: Field): string | null => (isTick(field) ? field.value : null)
const isTyped = (one: unknown): one is Typed =>
  Array.isArray(one) && typeof one[0] === 'string' && ['string', 'boolean'].includes(typeof one[2])
