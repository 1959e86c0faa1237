// Entry: the server alone, also where the page was not built (tests and benches). `calmpace serve` and `npm start` need the page.
import { runServer } from './node/run-server.ts'

process.exitCode = await runServer(false)
