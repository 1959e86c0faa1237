// What takes the server longest, each beside what others read at the same time: a run of days that is uploaded, shown, exported, judged
// again. While it runs nobody else waits for any large part of it.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addClient, read, setZone, upload } from '../support/clinic-work.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { startServer } from '../support/served.ts'
import type { Check } from '../support/check.ts'

/** TCX of some 44 MB. */
const POINTS = 400_000
/** On the thread that serves, others waited for all of it. */
const MAX_SHARE = 1 / 3
const TRIES = 3
/** Within the weeks that a preview looks back. */
const START_MS = Date.now() - 14 * 86_400_000

export async function heavy(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-heavy-'))
  const server = await startServer(folder)
  try {
    const ask = asking(server.url, await joinFirst(server))
    const clientId = await addClient(ask, 'Noor')
    await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
    const light = () => ask(`/api/clients/${clientId}`)
    let runId = ''
    await check('a run of days that is uploaded holds up nobody', () =>
      expectFree(light, async (turn) => {
        const [uploaded] = await upload(ask, clientId, { 'days.tcx': makeDays(turn) })
        assert.equal(uploaded?.code, null)
        runId = uploaded.runId
      }),
    )
    for (const [words, work] of Object.entries(heavyRequests(ask, clientId, () => runId)))
      await check(`a run of days that is ${words} holds up nobody`, () => expectFree(light, work))
  } finally {
    await server.end('SIGTERM')
    rmSync(folder, { recursive: true })
  }
}

const heavyRequests = (ask: SignedIn, clientId: string, runId: () => string) => {
  const get = async (path: string) => {
    const response = await ask(path)
    await response.arrayBuffer()
    assert.equal(response.status, 200)
  }
  const exported = (format: string) => () => get(`/api/runs/${runId()}/exports/${format}`)
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const tried = JSON.stringify({ inputs: { manualCeilingBpm: 130 }, reason: 'talk test', confirmed: [] })
  return {
    'shown as a chart': () => get(`/api/runs/${runId()}/series`),
    'exported as FIT': exported('fit'),
    'exported as CSV': exported('csv'),
    'exported as FHIR': exported('fhir'),
    'exported as Open mHealth': exported('open-mhealth'),
    'taken away as a data.zip': () => get(`/api/clients/${clientId}/data.zip`),
    'judged again': () => read(ask(`/api/runs/${runId()}/assessments`, { method: 'POST' }), 201).then(() => undefined),
    'tried under another limit': () =>
      read(ask(`/api/clients/${clientId}/zones/preview`, { ...post, body: tried })).then(() => undefined),
  }
}

/** The longest that others waited meanwhile, as a share of how long it took. What else runs on this machine only ever makes it worse:
 *  the best of a few counts. */
async function expectFree(light: () => Promise<Response>, work: (turn: number) => Promise<void>): Promise<void> {
  const shares: number[] = []
  while (shares.length < TRIES && !shares.some((share) => share <= MAX_SHARE)) {
    let tookMs: number | null = null
    const from = performance.now()
    const working = work(shares.length).finally(() => (tookMs = performance.now() - from))
    // Heard below; others go on reading until then.
    working.catch(() => undefined)
    let longestMs = 0
    while (tookMs === null) {
      const asked = performance.now()
      const response = await light()
      await response.arrayBuffer()
      assert.equal(response.status, 200)
      longestMs = Math.max(longestMs, performance.now() - asked)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await working
    shares.push(longestMs / tookMs)
    console.log(`  ${Math.round(tookMs)} ms; others waited ${Math.round(longestMs)} ms at most`)
  }
  const best = Math.min(...shares)
  assert.ok(best <= MAX_SHARE, `others waited for ${Math.round(best * 100)} % of it, at best of ${TRIES}`)
}

/** @param turn another run each time: of the same a second one would be there already */
function makeDays(turn: number): Uint8Array {
  const startMs = START_MS - turn * 30 * 86_400_000
  const at = (s: number) => new Date(startMs + s * 1000).toISOString()
  const points = Array.from(
    { length: POINTS },
    (_, s) =>
      `<Trackpoint><Time>${at(s)}</Time><HeartRateBpm><Value>${120 + Math.round(15 * Math.sin(s / 300))}</Value></HeartRateBpm></Trackpoint>`,
  )
  const lap = `<Lap StartTime="${at(0)}"><TotalTimeSeconds>${POINTS}</TotalTimeSeconds><Track>${points.join('')}</Track></Lap>`
  return new TextEncoder().encode(
    `<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="Running"><Id>${at(0)}</Id>${lap}</Activity></Activities></TrainingCenterDatabase>`,
  )
}
