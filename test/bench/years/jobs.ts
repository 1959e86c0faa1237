// What takes long in a practice of years, one after the other.
import { DatabaseSync } from 'node:sqlite'
import { doBeside, type Ask, type Done, type Places } from './measure.ts'
import type { ServedYears } from './served-years.ts'

export async function doJobs(served: ServedYears, ask: Ask, { clientIds }: Places): Promise<Done[]> {
  const [, exported = '', erased = ''] = clientIds
  const { firstName } = (await (await ask(`/api/clients/${erased}`)).json()) as { firstName: string }
  const erase = {
    method: 'DELETE',
    headers: { 'content-type': 'application/json', origin: served.url },
    body: JSON.stringify({ confirmation: firstName }),
  }
  const jobs: Readonly<Record<string, () => Promise<void>>> = {
    'check of the log': () => read(ask, '/api/audit/check'),
    'archive of a client': () => read(ask, `/api/clients/${exported}/data.zip`),
    'erasing a client': () => read(ask, `/api/clients/${erased}`, erase),
  }
  const done: Done[] = []
  for (const [what, work] of Object.entries(jobs)) done.push(await doBeside(served, ask, what, work))
  return done
}

/** What is done at a start that found its files to be written anew and no night to do it in. */
export async function doAtStart(served: ServedYears, ask: Ask, path: string): Promise<Done[]> {
  const until = async (isDone: string) => {
    for (;;) {
      const sqlite = new DatabaseSync(path, { readOnly: true })
      const done = sqlite.prepare(`select ${isDone} as done`).get()?.['done'] === 1
      sqlite.close()
      if (done) return
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  const ran = `exists (select 1 from audit where action in ('retention.ran', 'retention.waits') and at_ms >= ${served.startedAtMs})`
  return [
    await doBeside(served, ask, 'files written anew, at a start', () =>
      until('not exists (select 1 from rewrite_due where due_ms = 0)'),
    ),
    await doBeside(served, ask, '… and retention behind it', () => until(ran)),
  ]
}

const POLL_MS = 100

/** To its end, as it comes. @throws where it is refused */
async function read(ask: Ask, path: string, init?: RequestInit): Promise<void> {
  const response = await ask(path, init)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  for await (const _chunk of response.body ?? []);
}
