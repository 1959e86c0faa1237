// Roles in words.
import { roles } from '../../src/domain/access.ts'
import { locale, t } from '../messages/translate.ts'

/** Several roles as one piece of a sentence. */
export function roleWords(held: readonly string[]): string {
  const words = roles.filter((role) => held.includes(role)).map((role) => t(`role.${role}`))
  return new Intl.ListFormat(locale.value).format(words)
}
