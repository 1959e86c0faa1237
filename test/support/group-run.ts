// Made group runs and runners, as a phone keeps them.
import { notSent, type StoredGroupRun, type StoredParticipation } from '../../web/outbox/stored.ts'

export const madeRun = (more: Partial<StoredGroupRun> = {}): StoredGroupRun => ({
  id: 'tuesday',
  groupId: 'group-1',
  name: 'Dinsdag',
  madeAtMs: Date.UTC(2026, 10, 24, 9),
  practice: false,
  plan: null,
  timer: null,
  settings: null,
  endedAtMs: null,
  ...more,
})

export const madeParticipation = (more: Partial<StoredParticipation> = {}): StoredParticipation => ({
  id: 'noor',
  groupRunId: 'tuesday',
  clientId: 'client-noor',
  alias: 'Noor',
  watchLevel: 'standard',
  zone: null,
  strapId: null,
  ...notSent,
  ...more,
})
