// A fault of ours with one file of an upload is that file's alone.
import { sql } from 'kysely'
import { afterAll, expect, it, vi } from 'vitest'
import { zipSync } from 'fflate'
import { encodeRun, kinetics, START, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { addClient, read } from '../../support/clinic-work.ts'
import { readLog } from '../../support/log-lines.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'

afterAll(closeClinics)

const run = (day: number) =>
  Uint8Array.from(encodeRun(kinetics(walkRun, day).slice(0, 400), { startTime: START + day * 86_400 }))

it('tells of the one file that it was not taken, reads those before and behind it, and takes it another time', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const clinic = await openClinic()
  const thea = await joinFirst(clinic)
  const noor = await addClient(thea)
  await sql`create trigger boom before insert on run_file when NEW.name like '%Noor.fit'
    begin select raise(abort, 'Noor 175'); end`.execute(clinic.store.db)
  const send = async () => {
    const form = new FormData()
    form.append('files', new File([run(0)], 'first.fit'))
    form.append('files', new File([zipSync({ 'Noor.fit': run(1), 'third.fit': run(2) })], 'more.zip'))
    form.append('files', new File([run(3)], 'last.fit'))
    const sent = thea(`/api/clients/${noor}/runs`, { method: 'POST', body: form })
    const { results } = await read<{ results: { file: string; result: string; code: string | null }[] }>(sent)
    return results.map(({ file, result, code }) => [file, code ?? result])
  }
  expect(await send()).toEqual([
    ['first.fit', 'added'],
    ['more.zip/Noor.fit', 'NOT_TAKEN'],
    ['more.zip/third.fit', 'added'],
    ['last.fit', 'added'],
  ])
  expect(logged.mock.calls.flatMap(([line]) => readLog(String(line)))).toMatchObject([{ event: 'upload.file_failed' }])
  expect(JSON.stringify(logged.mock.calls)).not.toMatch(/Noor|175/)
  await sql`drop trigger boom`.execute(clinic.store.db)
  expect(await send()).toEqual([
    ['first.fit', 'already_there'],
    ['more.zip/Noor.fit', 'added'],
    ['more.zip/third.fit', 'already_there'],
    ['last.fit', 'already_there'],
  ])
})
