import { describe, expect, it } from 'vitest'
import { findPasswordProblem } from '../../../src/http/sign-in/password-rules.ts'

const thea = { name: 'Thea van der Berg', email: 't.vandenberg@zonnehof.nl' }
const found = (password: string) => findPasswordProblem(password, thea)

it('takes signs and emoji that nobody would guess', () => {
  expect([found('🐶🌲🏃🫖🎻🪁🧶🥕🚲🪵🌧🎈'), found('!?*&^%=+<>;:~')]).toEqual([null, null])
})

describe('a password that somebody would guess', () => {
  it.each([
    'aaaaaaaaaaaa',
    '            ',
    '!!!!!!!!!!!!',
    'abababababab',
    'aabbaabbccaa',
    'welkomwelkom',
    'Rust1Rust1Rust1',
    'abcd efgh abcd efgh',
  ])('repeats itself: %j', (password) => expect(found(password)).toBe('PASSWORD_REPEATS'))
  it.each([
    'abcdefghijkl',
    '123456789012',
    '987654321098',
    'qwertyuiop12',
    'azertyuiop!!',
    '1qaz2wsx3edc',
    'qwerty-123456',
    'lkjhgfdsaq1',
  ])('goes along the keys: %j', (password) => expect(found(password)).toBe('PASSWORD_SEQUENCE'))
  it.each([
    'Thea van der Berg',
    'theavanderberg1!',
    'thea-berg-1985',
    'vandenberg2024',
    'zonnehof2024!',
    'calmpace1234!',
    'CalmpaceThea',
  ])('is their own name or address: %j', (password) => expect(found(password)).toBe('PASSWORD_PERSONAL'))
  it.each([
    'wachtwoord1234',
    'P@ssw0rd!!!!',
    'Password12345!',
    'motherfucker',
    'amsterdam2024',
    '2024amsterdam',
    'feyenoord-010',
    'leavemealone',
    'iloveyou!!!!!',
  ])('is one that many choose: %j', (password) => expect(found(password)).toBe('PASSWORD_COMMON'))
})

it.each([
  'een lang wachtwoord',
  'een ander wachtwoord',
  'rustig aan met demo',
  'paarden grazen bij zonnehof om acht uur',
  'thea drinkt graag koffie',
  'Xk4#pQ9!mZ2w',
  'correct horse battery staple',
  '4 regenlaarzen op zolder',
  'ёжик в тумане бежит',
])('nobody guesses %j', (password) => expect(found(password)).toBe(null))
