// `npm start`, once the packages are there: builds the page when stale and serves.
import { buildPage } from './build-page.ts'

if (buildPage()) await import('../../src/node.ts')
else process.exitCode = 1
