// `npm run demo`, once the packages are there: builds the page when stale and serves a throw-away clinic.
import { buildPage } from './build-page.ts'
import { run } from './run.ts'

process.exitCode = buildPage() && run('node', 'src/calmpace.cjs', 'demo') ? 0 : 1
