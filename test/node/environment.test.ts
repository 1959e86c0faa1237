import { describe, expect, it } from 'vitest'
import { spawnSync } from 'node:child_process'
import { readEnvironment } from '../../src/node/environment.ts'
import { root } from '../house/run.ts'
import { refusedBy } from '../support/log-lines.ts'

const secret = 'x'.repeat(32)
const origin = 'https://calm.example'
const reasonOf = (variables: Readonly<Record<string, string>>): string | null => {
  const read = readEnvironment(variables)
  return read.ok ? null : read.reason
}

describe('the environment', () => {
  it.each([
    [{}, null],
    [{ CALMPACE_LISTEN: '::1' }, null],
    [{ CALMPACE_LISTEN: '0.0.0.0', CALMPACE_ORIGIN: origin, CALMPACE_SECRET: secret }, null],
    [{ CALMPACE_LISTEN: '0.0.0.0' }, /^CALMPACE_ORIGIN: .*; CALMPACE_SECRET: /],
    [{ CALMPACE_LISTEN: '0.0.0.0', CALMPACE_ORIGIN: origin }, /^CALMPACE_SECRET: /],
    [{ CALMPACE_LISTEN: '0.0.0.0', CALMPACE_SECRET: secret }, /^CALMPACE_ORIGIN: /],
    [{ CALMPACE_LISTEN: '::', CALMPACE_SECRET: secret }, /^CALMPACE_ORIGIN: /],
    [{ CALMPACE_ORIGIN: origin }, /^CALMPACE_SECRET: /],
    [{ CALMPACE_ORIGIN: origin, CALMPACE_SECRET: 'short' }, /^CALMPACE_SECRET: at least 32/],
    [
      { CALMPACE_ORIGIN: `${origin}/calm`, CALMPACE_SECRET: secret },
      /^CALMPACE_ORIGIN \(now .*\): only scheme.* e\.g\. CALMPACE_ORIGIN=/,
    ],
    [{ CALMPACE_ORIGIN: 'calm.example', CALMPACE_SECRET: secret }, /^CALMPACE_ORIGIN \(now "calm.example"\): /],
    [{ CALMPACE_ORIGIN: 'https://thea@calm.example', CALMPACE_SECRET: secret }, /^CALMPACE_ORIGIN \(now /],
    [{ CALMPACE_ORIGIN: 'ftp://calm.example', CALMPACE_SECRET: secret }, /^CALMPACE_ORIGIN \(now /],
    [{ PORT: '' }, null],
    [{ PORT: '0x10' }, /^PORT \(now "0x10"\): .* e\.g\. PORT=8787$/],
    [{ PORT: '70000' }, /^PORT \(now "70000"\): /],
    [{ CALMPACE_DATA: '' }, /^CALMPACE_DATA: .* e\.g\. CALMPACE_DATA=/],
    [{ CALMPACE_TRUST_PROXY: 'yes' }, /^CALMPACE_TRUST_PROXY \(now "yes"\): .* e\.g\. CALMPACE_TRUST_PROXY=1$/],
    [{ CALMPACE_SECRET: '' }, /^CALMPACE_SECRET: /],
  ])('%j is good, or says in one line what is missing', (variables, reason) => {
    const found = reasonOf(variables)
    expect(found === null ? null : reason?.test(found)).toBe(reason === null ? null : true)
    expect(found ?? '').not.toContain('\n')
  })

  it.each(['https://Calm.Example', 'https://calm.example:443', 'HTTPS://calm.example/'])(
    'takes %s for the origin that a browser names',
    (written) => {
      const read = readEnvironment({ CALMPACE_ORIGIN: written, CALMPACE_SECRET: secret })
      expect(read.ok && read.value.origin).toBe(origin)
    },
  )

  it('never tells the secret', () => {
    expect(reasonOf({ CALMPACE_SECRET: 'hunter2' })).not.toContain('hunter2')
  })

  it('that would show a clinic to other machines without a secret starts nothing', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/node.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PORT: '0', CALMPACE_LISTEN: '0.0.0.0', CALMPACE_ORIGIN: '', CALMPACE_SECRET: '' },
    })
    expect([status, stdout]).toEqual([1, ''])
    expect(refusedBy(stderr)).toMatch(/^CALMPACE_/)
  })
})
