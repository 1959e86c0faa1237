// An export in parts (../shared/field): six thousand settings files and a run in the first, a run in the second.
import { afterAll, describe, expect, it } from 'vitest'
import { fieldIsHere, readField } from '../../support/field.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'
import { addClient, formOf, read, type Result } from '../../support/asking.ts'

const FILE = 'z-6000-part.zip'

afterAll(closeClinics)

describe.skipIf(!fieldIsHere)('an export in parts', () => {
  it('gives both runs, and one line of what was left', async () => {
    const ask = await joinFirst(await openClinic())
    const clientId = await addClient(ask)
    const body = formOf({ [FILE]: readField(FILE) })
    const answer = ask(`/api/clients/${clientId}/runs`, { method: 'POST', body })
    const { results, left } = await read<{ results: Result[]; left: unknown[] }>(answer)
    expect(results.map(({ file, runId }) => [file, runId !== null])).toEqual([
      [`${FILE}/DI/UploadedFiles_0-_Part1.zip/run.fit`, true],
      [`${FILE}/DI/UploadedFiles_0-_Part2.zip/run2.fit`, true],
    ])
    expect(left).toMatchObject([
      { archive: `${FILE}/DI/UploadedFiles_0-_Part1.zip`, counts: [{ code: 'NOT_ACTIVITY', count: 6000 }] },
    ])
  })
})
