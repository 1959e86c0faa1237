import { env, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { addClient, read } from '../support/clinic-work.ts'
import { newPart, sendStream } from '../support/phone.ts'
import { joinFirst } from '../support/sign-in.ts'
import { madeStream } from '../support/stream.ts'
import { openNew } from './open-clinic.ts'

describe('group runs in workerd, with a Durable Object', () => {
  it('makes a run of what nobody stopped, from the alarm', async () => {
    const clinic = await openNew()
    const ask = await joinFirst(clinic)
    const part = newPart(await addClient(ask))
    await sendStream(ask, part, madeStream(300, () => 120).slice(0, -1))
    const object = env.CLINIC.get(env.CLINIC.idFromName(clinic.host))
    const composeAt = (nowMs: number) => runInDurableObject(object, (one) => one.composeStaleRuns(nowMs))
    expect(await composeAt(Date.now())).toBe(0)
    expect(await composeAt(Date.now() + 7 * 3_600_000)).toBe(1)
    expect(await read(ask(`/api/group-runs/${part.groupRunId}`))).toMatchObject({
      participations: [{ state: 'composed_incomplete' }],
    })
  })
})
