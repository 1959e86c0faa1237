import { expect, it } from 'vitest'
import { roles } from '../../src/domain/access.ts'
import { closedWord } from '../../src/store/closed-word.ts'

it('is the word itself, and of one that nobody knows no other is made', () => {
  expect(closedWord(roles, 'therapist', 'person_role.role')).toBe('therapist')
  expect(() => closedWord(roles, 'coach', 'person_role.role')).toThrow(
    'person_role.role holds a word that this version does not know',
  )
})
