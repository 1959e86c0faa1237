// What comes in while others read: a TCX of 60 MB with eight points a second, and a zip of 2,000 short runs. Made beforehand; both of
// years ago, so that no list of weeks grows by them.
import { zipSync } from 'fflate'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { activities, activity, lap, track, trackpoint } from '../../../fixtures/xml/made-xml.ts'
import type { Answer, Ask } from './child-server.ts'

const MB = 1_000_000
const POINTS_A_SECOND = 8
/** 2016-03-01T08:00:00Z. */
const FROM_MS = 1_456_819_200_000
/** From 1989-12-31, as FIT counts: 2012-02-01. */
const FIT_FROM_S = 697_075_200

export interface Upload {
  readonly name: string
  readonly bytes: Uint8Array
}

/** @param megabytes of the file */
export function makeDenseTcx(megabytes: number): Upload {
  const points: string[] = []
  let size = 0
  for (let i = 0; size < megabytes * MB; i++) {
    const time = new Date(FROM_MS + (i * 1000) / POINTS_A_SECOND).toISOString()
    const measured = { bpm: 118 + (Math.floor(i / 40) % 30), speedMPerS: 2.3, stepsPerMin: 158 }
    const point = trackpoint(time, measured, i * 0.29)
    points.push(point)
    size += point.length
  }
  const timerS = points.length / POINTS_A_SECOND
  const text = activities(activity(lap(new Date(FROM_MS).toISOString(), timerS, track(...joined(points)))))
  return { name: 'dense.tcx', bytes: Buffer.from(text) }
}

/** Fewer, longer texts: a function takes only so many. */
function joined(points: readonly string[]): string[] {
  const some: string[] = []
  for (let at = 0; at < points.length; at += 1000) some.push(points.slice(at, at + 1000).join(''))
  return some
}

/** @param files runs of six minutes, two days apart */
export function makeZip(files: number): Upload {
  const runs = Array.from({ length: files }, (_, i): [string, Uint8Array] => {
    const seconds = kinetics([{ forS: 360, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], i % 97)
    return [`${i}.fit`, encodeRun(seconds, { startTime: FIT_FROM_S + i * 172_800 })]
  })
  return { name: 'runs.zip', bytes: zipSync(Object.fromEntries(runs), { level: 1 }) }
}

/** @throws where it is not answered with 200, cut off, or a run did not come of each file */
export async function upload(ask: Ask, clientId: string, { name, bytes }: Upload): Promise<void> {
  const head = `--b\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')])
  const type = 'multipart/form-data; boundary=b'
  let answer = await ask(`/api/clients/${clientId}/runs`, { method: 'POST', body, type })
  while (answer.status === 202 || isUnderWay(answer)) {
    const { id } = JSON.parse(answer.bytes.toString()) as { id: string }
    await new Promise((resolve) => setTimeout(resolve, 200))
    answer = await ask(`/api/clients/${clientId}/imports/${id}?from=100000`)
    if (!isUnderWay(answer)) answer = await ask(`/api/clients/${clientId}/imports/${id}`)
  }
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.bytes.toString().slice(0, 300)}`)
  const { results } = JSON.parse(answer.bytes.toString()) as { results: { result: string }[] }
  const unread = results.filter(({ result }) => result !== 'added').length
  if (unread > 0) throw new Error(`${name}: ${unread} of ${results.length} files became no run`)
}

const isUnderWay = ({ status, bytes }: Answer): boolean =>
  status === 200 && /^\{"id":"[^"]+","state":"w/.test(bytes.toString('utf8', 0, 100))
