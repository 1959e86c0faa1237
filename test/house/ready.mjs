// What `npm start` and `npm test` run first, on any Node >= 20 and with nothing installed: brings the packages (Node 24
// among them), and for tests Chromium, then goes on under the pinned Node. Plain JavaScript without packages, on purpose.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkProgram, programIn } from './pinned-node.mjs'

/** As `engines` of package.json says; it brings the newer one that calmpace itself runs under. */
const OLDEST_NODE = 20
const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = join(root, 'node_modules')
const env = { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${process.env['PATH'] ?? ''}` }

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit', ...options })
  if (error) console.error(`calmpace: ${command} could not be run: ${error.message}`)
  return status ?? 1
}

/** Through the Node that runs: on Windows npm is a script that cannot be started as a program. */
function npm(...args) {
  const own = process.env.npm_execpath
  return own?.endsWith('js')
    ? run(process.execPath, [own, ...args])
    : run('npm', args, { shell: process.platform === 'win32' })
}

function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stamp = join(modules, '.calmpace-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error('calmpace: installing packages (once)')
  // `install`, not `ci`: `ci` refuses a lock file that lacks optional packages for other systems, which a registry
  // mirror may not have. The development packages come too, whatever NODE_ENV says: the page is built with them.
  if (npm('install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev') !== 0) process.exit(1)
  const wrong = checkProgram(programIn(modules))
  if (wrong !== null) console.error(`calmpace: ${wrong.words}`)
  if (wrong?.isFatal) process.exit(1)
  writeFileSync(stamp, lock)
}

// Older ones cannot run the npm that it takes either; those before 14 cannot read this file.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `calmpace: needs Node ${OLDEST_NODE} or newer to begin with, this is Node ${process.versions.node} (${process.execPath}); nvm install reads .nvmrc`,
  )
  process.exit(2)
}
installPackages()
const [task] = process.argv.slice(2)
// What was compiled once is kept, as src/calmpace.cjs does: a server is ready in half the time.
if (task !== 'test' && env.NODE_COMPILE_CACHE === undefined) env.NODE_COMPILE_CACHE = join(modules, '.cache/calmpace')
// Whoever stops npm stops what it started: a service manager sends its signal to this process alone.
const started = spawn('node', [join(root, 'test/house', `${task}.ts`)], { cwd: root, env, stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => started.kill(signal))
// npm sends it to the shell that it started this in, and the shell ends without a word.
const parent = process.ppid
const looking = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(looking)
  started.kill('SIGTERM')
}, 250)
started.once('error', (error) => {
  console.error(`calmpace: node could not be run: ${error.message}`)
  process.exit(1)
})
started.once('exit', (code, signal) => {
  // As a shell has it: 128 and the signal's number.
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
})
