import { afterAll, expect, it, vi } from 'vitest'
import { readLog } from '../support/log-lines.ts'
import { closeClinics, openClinic } from '../support/node-clinic.ts'

afterAll(closeClinics)

it('is answered within seconds while somebody writes for long, with words, and is there again afterwards', async () => {
  const { store, ask } = await openClinic()
  const printed = vi.spyOn(console, 'error').mockReturnValue(undefined)
  const { promise: written, resolve: end } = Promise.withResolvers<void>()
  const writing = store.atomically(() => written)
  const answers = await Promise.all([ask('/readyz'), ask('/readyz')])
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({
      code: 'NOT_READY',
      detail: expect.stringContaining('written anew') as string,
    })
  }
  expect(readLog(printed.mock.calls.flat().join('\n')).map(({ event, route }) => [event, route])).toEqual(
    answers.map(() => ['request.refused', '/readyz']),
  )
  end()
  await writing
  expect((await ask('/readyz')).status).toBe(200)
})
