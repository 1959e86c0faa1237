// `npm start`, once the packages are there: builds the page when stale and serves.
import { keepYoungSpaceSmall } from '../../src/node/young-space.ts'
import { buildPage } from './build-page.ts'

if (buildPage()) {
  keepYoungSpaceSmall()
  await import('../../src/node.ts')
} else process.exitCode = 1
