// `npm start`, once the packages are there: builds the page when stale and serves.
import { keepYoungSpaceSmall } from '../../src/node/young-space.ts'
import { buildPage } from './build-page.ts'

if (buildPage()) {
  keepYoungSpaceSmall()
  const { runServer } = await import('../../src/node/run-server.ts')
  process.exitCode = await runServer(true)
} else process.exitCode = 1
