// Visitors of a demo are not asked for a second factor, and nothing that a clinic can set makes it a demo.
import { afterAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../../src/node/environment.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'

afterAll(closeClinics)
const LATER_MS = 16 * 60_000

async function askedLater(isDemo: boolean) {
  let nowMs = Date.UTC(2026, 10, 25, 12)
  const ask = await joinFirst(await openClinic({ nowMs: () => nowMs, isDemo }))
  nowMs += LATER_MS
  const me = await ask('/api/me')
  const { graceUntilMs } = (await me.json()) as { graceUntilMs: number | null }
  return { status: (await ask('/api/clients')).status, graceUntilMs: graceUntilMs === null ? null : 'over' }
}

describe('staff without a second factor, 16 minutes after they joined', () => {
  it('go on in a demo, and are not told to hurry', async () => {
    expect(await askedLater(true)).toEqual({ status: 200, graceUntilMs: null })
  })

  it('are stopped anywhere else', async () => {
    expect(await askedLater(false)).toEqual({ status: 403, graceUntilMs: 'over' })
  })

  it('and no variable of a clinic makes it a demo', () => {
    const read = readEnvironment({ CALMPACE_DEMO: '1', isDemo: 'true', IS_DEMO: '1' })
    expect(read.ok && Object.keys(read.value)).not.toContain('isDemo')
  })
})
