// A download that fails while it goes out, by a database that is damaged: it does not look whole, and the log says so in one line.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { encodeRun, kinetics, walkRun } from '../../fixtures/fit/made-runs.ts'
import { addClient, upload } from '../support/clinic-work.ts'
import { asking, joinFirst } from '../support/first-person.ts'
import { readLog } from '../support/log-lines.ts'
import { newFolder } from '../support/node-clinic.ts'
import { startServer } from '../support/served.ts'

it('is cut, and told of as any other fault', async () => {
  const folder = newFolder()
  let printed = ''
  const server = await startServer(folder, 0, {}, (some) => (printed += some.toString()))
  const ask = asking(server.url, await joinFirst(server))
  const clientId = await addClient(ask, 'Noor')
  await upload(ask, clientId, { 'a.fit': encodeRun(kinetics(walkRun, 1).slice(0, 900)) })
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  sqlite.exec(`update run_chunk set bytes = x'00'`)
  sqlite.close()
  const taken = ask(`/api/clients/${clientId}/data.zip`).then(async (response) => {
    expect(response.status).toBe(200)
    return response.arrayBuffer()
  })
  await expect(taken).rejects.toThrow()
  await server.end('SIGTERM')
  const told = readLog(printed).filter(({ event }) => event === 'request.failed')
  expect(told).toMatchObject([{ method: 'GET', route: '/api/clients/:clientId/data.zip' }])
  expect(told[0]?.at).not.toEqual([])
  rmSync(folder, { recursive: true })
})
