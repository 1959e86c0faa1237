// Compares two values as they would be after going to another thread and back.
import { isSameBytes } from '../../formats/same-bytes.ts'

export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (one instanceof Uint8Array || other instanceof Uint8Array)
    return one instanceof Uint8Array && other instanceof Uint8Array && isSameBytes(one, other)
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [names, otherNames] = [Object.keys(one), Object.keys(other)]
  return (
    names.length === otherNames.length &&
    names.every((name) => Object.hasOwn(other, name) && sameValue(Reflect.get(one, name), Reflect.get(other, name)))
  )
}
