// Puts a group run straight on the disk of a page, as one that was made there.
import type { Page } from 'playwright-core'
import { madeParticipation, madeRun } from '../support/group-run.ts'

/** As a page makes one: every page opens a run that goes on, for its bar. */
export const aRun = (more: Parameters<typeof madeRun>[0]) =>
  madeRun({
    plan: { minutes: null, intervals: null },
    timer: { startedAtMs: null, pausedAtMs: null, pausedMs: 0 },
    settings: { parameters: {} },
    ...more,
  })

/** With so many sealed batches of one runner. */
export const putRun = (page: Page, run: ReturnType<typeof madeRun>, batches = 0): Promise<void> =>
  page.evaluate(
    ([run, participation, batches]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('calmpace')
        open.addEventListener('error', () => reject(open.error ?? new Error('no database')))
        open.addEventListener('success', () => {
          const change = open.result.transaction(['groupRuns', 'participations', 'batches'], 'readwrite')
          change.objectStore('groupRuns').put(run)
          change.objectStore('participations').put(participation)
          for (let number = 1; number <= batches; number++)
            change.objectStore('batches').put({
              participationId: participation.id,
              number,
              bytes: new Uint8Array(3),
              entries: 1,
              lastAtMs: 0,
              state: 'sealed',
            })
          change.addEventListener('complete', () => {
            open.result.close()
            resolve()
          })
        })
      }),
    [run, madeParticipation(), batches] as const,
  )
