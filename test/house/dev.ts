// `npm run dev`, once the packages are there: the page with hot reload, and behind it a clinic of made people that starts anew with
// every change of the service. Whoever opens the page is signed in as Thea, who may do everything. PORT is the page's.
import { spawn } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { createServer, type Plugin } from 'vite'
import { demoPeople } from '../../src/cli/demo/fill-clinic.ts'
import { findFreePort } from './free-port.ts'
import { root } from './run.ts'

const [thea] = demoPeople
const port = Number(process.env['PORT'] ?? 8787)
const apiPort = await findFreePort()
const api = `http://localhost:${apiPort}`
/** Kept between starts; remove the folder to begin anew. */
const folder = process.env['CALMPACE_DATA'] ?? join(root, 'test/.cache/dev')

const service = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'src/cli.ts', 'demo'], {
  cwd: root,
  env: { ...process.env, PORT: String(apiPort), CALMPACE_DATA: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const page = await createServer({
  configFile: join(root, 'web/vite.config.ts'),
  server: {
    port,
    strictPort: true,
    fs: { allow: [root] },
    proxy: {
      // Sources of the page lie under /api too. The service takes requests of its own address alone.
      '^/((api|fhir)(?!.*\\.tsx?([?]|$))|healthz|readyz)': {
        target: api,
        changeOrigin: true,
        headers: { origin: api },
      },
    },
  },
  plugins: [signInFirst()],
})
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    service.kill('SIGTERM')
    void page.close().then(() => process.exit(0))
  })
service.once('exit', (code) => process.exit(code ?? 1))
await page.listen()
console.error(`calmpace: http://localhost:${port}, signed in as ${thea.name} (${thea.what}); data in ${folder}`)

/** Gives a browser that has no session one, where it opens the page. */
function signInFirst(): Plugin {
  return {
    name: 'calmpace:sign-in-first',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const opensPage = request.headers.accept?.includes('text/html') === true
        const isSignedIn = request.headers.cookie?.includes('calmpace.session_token') === true
        void (opensPage && !isSignedIn ? letIn(response, next) : next())
      })
    },
  }
}

async function letIn(response: ServerResponse, next: () => void): Promise<void> {
  response.setHeader('set-cookie', await signIn())
  next()
}

/** Waits for the service: it may be filling its clinic, or starting anew. */
async function signIn(): Promise<string[]> {
  for (;;) {
    const body = JSON.stringify({ email: thea.email, password: thea.password })
    const headers = { 'content-type': 'application/json', origin: api }
    const answer = await fetch(`${api}/api/auth/sign-in/email`, { method: 'POST', headers, body }).catch(() => null)
    if (answer?.ok === true) return answer.headers.getSetCookie()
    // Too fast (429) or not made yet (401) as well.
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}
