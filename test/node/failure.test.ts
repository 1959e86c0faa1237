// What the system and SQLite really say when a folder or a file cannot be used, in words. Each error is a real one.
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { findFailure, requireFailure } from '../../src/node/failure.ts'
import { ExpectedError } from '../../src/store/expected-error.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-failure-'))
afterAll(() => rmSync(folder, { recursive: true }))

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
const fileIn = (name: string, content = '') => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('what may well happen', () => {
  it('is another program that holds the database', () => {
    const path = join(folder, 'held.sqlite')
    const held = new DatabaseSync(path)
    held.exec('create table t (a); begin exclusive')
    const other = new DatabaseSync(path)
    const failure = findFailure(
      thrownBy(() => other.exec('pragma busy_timeout = 1; select * from t')),
      folder,
    )
    for (const one of [other, held]) one.close()
    expect(failure?.code).toBe('BUSY')
    expect(failure?.message).toContain(`another program holds the database in ${folder}`)
  })

  it('is a used-up quota, in the words of the system; no disk with one can be made here, so that this error alone is made', () => {
    const over = Object.assign(new Error('write'), { code: 'EDQUOT', syscall: 'write', path: join(folder, 'a') })
    expect(findFailure(over, folder)).toEqual({
      code: 'DISK_FULL',
      message: `the quota of the user who runs this is used up (${join(folder, 'a')})`,
    })
  })

  it.each<readonly [code: string, work: () => unknown]>([
    ['NOT_A_DATABASE', () => new DatabaseSync(fileIn('text.sqlite', 'text '.repeat(999))).exec('select * from a')],
    ['NOT_OPENED', () => new DatabaseSync(join(folder, 'none', 'a.sqlite'))],
    [
      'READ_ONLY',
      () => {
        new DatabaseSync(join(folder, 'read.sqlite')).close()
        new DatabaseSync(join(folder, 'read.sqlite'), { readOnly: true }).exec('create table t (a)')
      },
    ],
    ['NOT_FOUND', () => readFileSync(join(folder, 'nothing'))],
    ['NOT_A_FILE', () => readFileSync(folder)],
    ['NOT_A_FOLDER', () => readFileSync(join(fileIn('file'), 'under-it'))],
    ['NOT_A_FOLDER', () => mkdirSync(fileIn('taken'), { recursive: true })],
    ['NOT_A_FILE', () => openSync(folder, 'w')],
  ])('is %s, in a line for people', (code, work) => {
    const failure = findFailure(thrownBy(work), folder)
    expect(failure?.code).toBe(code)
    expect(failure?.message).toContain(folder)
    expect(failure?.message).not.toMatch(/E[A-Z]{4,}|SQLITE|\n/)
  })

  it('is a port that is in use', async () => {
    const first = createServer()
    const port = await new Promise<number>((resolve) => {
      first.listen(0, '127.0.0.1', () => {
        const address = first.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const error = await new Promise((resolve) => {
      createServer().once('error', resolve).listen(port, '127.0.0.1')
    })
    expect(findFailure(error, folder)).toEqual({
      code: 'PORT_IN_USE',
      message: `port ${port} is in use; set PORT to another one`,
    })
    first.close()
  })

  it('is what was thrown in words', () => {
    const thrown = new ExpectedError('LOG_BROKEN', 'the log is not whole')
    expect(findFailure(thrown, folder)).toEqual({ code: 'LOG_BROKEN', message: 'the log is not whole' })
  })
})

it('a fault of calmpace itself is none of it, and goes on as it is', () => {
  for (const fault of [new TypeError('x is undefined'), new Error('nobody expects this'), 'a text', null]) {
    expect(findFailure(fault, folder)).toBeNull()
    expect(thrownBy(() => requireFailure(fault, folder))).toBe(fault)
  }
})
