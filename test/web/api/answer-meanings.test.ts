import { describe, expect, it } from 'vitest'
import { problems } from '../../../src/http/problem.ts'
import {
  answerMeanings,
  isSilence,
  readAnswer,
  readNoAnswer,
  readRetryAfter,
  wordsOfCode,
  type AnswerMeaning,
} from '../../../web/api/answer-meanings.ts'
import nl from '../../../web/messages/nl.json' with { type: 'json' }

const dutch: Readonly<Record<string, string>> = nl
/** What a person reads who asked for something. */
const wordsOf = (code: string): string => {
  const words = wordsOfCode(code)
  return (words === null ? dutch[`problem.${code}`] : dutch[words]) ?? ''
}

describe('from answer to meaning to words', () => {
  it.each<[string, number, string | null, AnswerMeaning, RegExp]>([
    ['a full disk', 507, 'DISK_FULL', 'full', /schijf van de server is vol/],
    ['a 429 of a proxy', 429, 'TOO_MANY_REQUESTS', 'busy', /server is druk/],
    ['a 429 without a word', 429, null, 'busy', /server is druk/],
    ['a 502 as a page', 502, null, 'away', /even niet bereikbaar/],
    ['a 503 as a page', 503, null, 'away', /even niet bereikbaar/],
    ['a 504 as a page', 504, null, 'away', /even niet bereikbaar/],
    ['a 511 of a guest network', 511, null, 'away', /even niet bereikbaar/],
    ['a 522 of a network of servers', 522, null, 'away', /even niet bereikbaar/],
    ['a server that is not ready', 503, 'NOT_READY', 'not_ready', /nog niet klaar/],
    ['an ended session', 401, 'SIGNED_OUT', 'signed_out', /Meld je eerst aan/],
    ['no second factor', 403, 'SECOND_FACTOR_REQUIRED', 'second_factor', /tweede stap/],
    ['too much, says the server', 413, 'BODY_TOO_LARGE', 'too_large', /te veel/],
    ['too many, says the server', 413, 'TOO_MANY_ITEMS', 'too_large', /te veel/],
    ['too much, says a proxy', 413, null, 'too_large', /te veel/],
    ['a request that is not understood', 400, 'INVALID_REQUEST', 'not_understood', /niet goed ingevuld/],
    ['what is not there, or not yours', 404, 'NOT_FOUND', 'not_found', /niet \(meer\)/],
    ['another refusal of the server', 403, 'FOREIGN_ORIGIN', 'refused', /andere site/],
    ['a fault at the server', 500, 'INTERNAL', 'trouble', /server ging iets mis/],
    ['a fault as a page', 500, null, 'trouble', /server ging iets mis/],
    ['a 401 of a guest network', 401, null, 'blocked', /houdt dit tegen/],
    ['a 403 of a filter', 403, null, 'blocked', /houdt dit tegen/],
    ['a 404 of a filter', 404, null, 'blocked', /houdt dit tegen/],
  ])('%s (%i %s) is %s', (_name, status, code, meaning, words) => {
    const read = readAnswer(status, code)
    expect(read.meaning).toBe(meaning)
    expect(wordsOf(read.code)).toMatch(words)
  })

  it.each<[string, string, boolean, AnswerMeaning, RegExp]>([
    ['no network', 'TypeError', false, 'offline', /geen internet/],
    ['no way there, with a network', 'TypeError', true, 'unreachable', /niet te bereiken/],
    ['too late', 'TimeoutError', true, 'timeout', /niet op tijd/],
  ])('no answer: %s', (_name, error, isOnline, meaning, words) => {
    const read = readNoAnswer(error, isOnline)
    expect(read.meaning).toBe(meaning)
    expect(wordsOf(read.code)).toMatch(words)
  })

  it('says "no internet" of a device without one, and of nothing else', () => {
    const said = Object.entries(answerMeanings)
      .filter(([, { words, syncWords }]) =>
        /internet/.test(`${words === null ? '' : dutch[words]} ${dutch[syncWords]}`),
      )
      .map(([meaning]) => meaning)
    expect(said).toEqual(['offline'])
  })

  it('has words for where recordings wait, whatever the meaning', () => {
    for (const { syncWords } of Object.values(answerMeanings)) expect(dutch[syncWords]).toMatch(/telefoon/)
  })

  it('takes no code of the server for a verdict on a recording that says nothing of it', () => {
    const verdicts = Object.entries(problems)
      .filter(([code, { status }]) =>
        ['shrink', 'access'].includes(answerMeanings[readAnswer(status, code).meaning].sending),
      )
      .map(([code]) => code)
    expect(verdicts.toSorted()).toEqual([
      'BODY_TOO_LARGE',
      'INVALID_REQUEST',
      'NOT_FOUND',
      'TOO_MANY_ITEMS',
      'UPLOAD_TOO_LARGE',
    ])
  })

  it('lets a device go on with what it knows only where the server was not heard, or is out of order', () => {
    const silent = Object.keys(answerMeanings).filter((meaning) => isSilence(meaning as AnswerMeaning))
    expect(silent).toEqual([
      'offline',
      'unreachable',
      'timeout',
      'away',
      'busy',
      'full',
      'not_ready',
      'blocked',
      'trouble',
    ])
  })

  it.each<[string | null, number | null]>([
    ['30', 30_000],
    [' 2 ', 2000],
    ['Tue, 24 Nov 2026 09:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 08:00:00 GMT', 0],
    ['999999', 900_000],
    ['soon', null],
    ['', null],
    [null, null],
  ])('reads Retry-After %s as %s ms', (value, waitMs) => {
    expect(readRetryAfter(value, Date.UTC(2026, 10, 24, 9))).toBe(waitMs)
  })
})
