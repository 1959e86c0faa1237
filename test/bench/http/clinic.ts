// The clinic that is read: the demo's ten clients with eight weeks of runs, and somebody who guides them, signed in with two factors.
import { demoPeople, fillClinic } from '../../../src/cli/demo/fill-clinic.ts'
import { serve } from '../../../src/node/serve.ts'
import { totpCode } from '../../support/totp.ts'
import { openConnections, type Answer, type Ask } from './child-server.ts'

export const kinds = ['clients', 'client', 'patterns', 'runs', 'run', 'series', 'flags', 'flag'] as const
export type Kind = (typeof kinds)[number]

export interface Clinic {
  /** Of somebody who may read all of it. */
  readonly cookie: string
  readonly clientIds: readonly string[]
  /** Of each kind of read, the paths that there are. */
  readonly paths: Readonly<Record<Kind, readonly string[]>>
}

export async function makeClinic(folder: string): Promise<Clinic> {
  const one = { port: 0, dataFolder: folder, origin: null, secret: null, listen: '127.0.0.1', trustProxy: false }
  const served = await serve(one, undefined, { isNew: true })
  let cookie = ''
  const { ask, close } = openConnections(served.url, () => cookie)
  try {
    await fillClinic(served, Date.now())
    const [{ email, password }] = demoPeople
    const send = async (path: string, body: object) => {
      const answer = await ask(path, { method: 'POST', body: JSON.stringify(body), type: 'application/json' })
      cookie = answer.cookies.find((held) => held.includes('session_token')) ?? cookie
      return answer
    }
    await send('/api/auth/sign-in/email', { email, password })
    const { totpURI } = read(await send('/api/auth/two-factor/enable', { password })) as {
      totpURI: string
    }
    read(await send('/api/auth/two-factor/verify-totp', { code: await totpCode(totpURI) }))
    return { cookie, ...(await findPaths(ask)) }
  } finally {
    close()
    await served.close()
  }
}

type Page = { readonly items: readonly { readonly id: string }[] }

async function findPaths(ask: Ask): Promise<Omit<Clinic, 'cookie'>> {
  const idsAt = async (path: string) => (read(await ask(path)) as Page).items.map(({ id }) => id)
  const clientIds = await idsAt('/api/clients')
  const of = (end: string) => clientIds.map((id) => `/api/clients/${id}${end}`)
  const runIds: string[] = []
  for (const path of of('/runs')) runIds.push(...(await idsAt(path)))
  const paths = {
    clients: ['/api/clients'],
    client: of(''),
    patterns: of('/patterns'),
    runs: of('/runs'),
    run: runIds.map((id) => `/api/runs/${id}`),
    series: runIds.map((id) => `/api/runs/${id}/series`),
    flags: ['/api/flags'],
    flag: (await idsAt('/api/flags')).map((id) => `/api/flags/${id}`),
  }
  return { clientIds, paths }
}

/** @throws where it was refused */
function read({ status, bytes }: Answer): unknown {
  if (status !== 200) throw new Error(`${status} ${bytes.toString()}`)
  return JSON.parse(bytes.toString())
}
