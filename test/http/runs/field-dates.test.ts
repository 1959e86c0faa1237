// Hard runs of the field by clocks at their epochs (../shared/field), uploaded as a client's.
import { afterAll, describe, expect, it } from 'vitest'
import { fieldIsHere, readField } from '../../support/field.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'
import { addClient, read, setZone, upload } from '../../support/asking.ts'

afterAll(closeClinics)

describe.skipIf(!fieldIsHere)('a hard run by a clock at its epoch', () => {
  it.each(['clock-2000.fit', 'clock-1989.fit'])('%s raises HARD as of today, and its date is asked', async (file) => {
    const ask = await joinFirst(await openClinic())
    const clientId = await addClient(ask)
    await read(setZone(ask, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const [result] = await upload(ask, clientId, { [file]: readField(file) })
    expect([result?.verdict, result?.asksDate]).toEqual(['too_hard', true])
    const { items } = await read<{ items: { kind: string }[] }>(ask('/api/flags'))
    expect(items.map(({ kind }) => kind)).toContain('F9.hard')
  })
})
