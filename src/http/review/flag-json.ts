// Flags as the API shows them.
import { z } from '@hono/zod-openapi'
import { checkInResults } from '../../domain/check-in/check-in.ts'
import { flagKinds } from '../../domain/finding.ts'
import { flagActs, flagStates, closeReasons } from '../../domain/review/flag-state.ts'
import { momentMsOf } from '../../domain/review/moment-of-flag.ts'
import { raisedLevels } from '../../domain/review/finding-occurrences.ts'
import type { FlagEvent, Flag } from '../../store/review/flags.ts'
import type { InboxFlag } from '../../store/review/inbox.ts'
import type { PlacedRun } from '../../store/review/runs-of-flags.ts'
import { selfReportFields } from '../self-report/after-run-routes.ts'
import { epochMs } from '../schemas.ts'

const id = z.string()

const flagFields = {
  id,
  clientId: id,
  firstName: z.string(),
  kind: z.enum(flagKinds).describe('rule id and name'),
  rule: z.string(),
  ruleVersion: z.string(),
  level: z.enum(raisedLevels),
  evidence: z.record(z.string(), z.unknown()).describe('the numbers that the rule used; spansS point into the run'),
  runId: id.nullable().describe('the run that it points at, or was seen after; null where there is none (any more)'),
  aboutMs: epochMs.describe('the end of that run, or the moment of telling'),
  momentMs: epochMs.describe("where its rule points into that run, else the run's start; without one the telling"),
  momentIsUnknown: z
    .boolean()
    .describe('nobody has said yet when its run was (rule T4): the moment is that at which it came in'),
  momentOffsetS: z.number().int().describe('local time minus UTC at that moment: show it by this'),
  raisedAtMs: epochMs.describe('when it came to the list'),
  state: z.enum(flagStates),
  assignedTo: id.nullable().describe('the colleague whom it was handed to'),
  assignedToName: z.string().nullable(),
  version: z.number().int().describe('rises with each step that a person takes'),
}
export const inboxFlagSchema = z
  .object({
    ...flagFields,
    seenAgain: z.number().int().describe('how often its rule held again since'),
    openedAtMs: epochMs.nullable().describe('when somebody looked first; null where nobody did'),
  })
  .openapi('InboxFlag')

const eventSchema = z
  .object({
    seq: z.number().int(),
    atMs: epochMs,
    personId: id.nullable().describe('null is calmpace itself'),
    personName: z.string().nullable().describe('null where they have no account here any more'),
    act: z.enum(flagActs),
    state: z.enum(flagStates).describe("the flag's from then on"),
    reason: z.enum(closeReasons).nullable(),
    note: z.string().nullable(),
    toPersonId: id.nullable(),
    toPersonName: z.string().nullable(),
    runId: id.nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('FlagEvent')

export const shownFlagSchema = z
  .object({
    ...flagFields,
    events: z.array(eventSchema).describe('oldest first'),
    stillThere: z
      .boolean()
      .nullable()
      .describe('whether the assessment of its run that counts now still says so; null where it is not about one run'),
    checkIns: z
      .object({
        before: z.array(z.object({ atMs: epochMs, result: z.enum(checkInResults), zoneNeedsReview: z.boolean() })),
        after: z
          .array(z.object({ atMs: epochMs, ...selfReportFields }))
          .nullable()
          .describe('null where the client does not share them'),
      })
      .describe('of the local day that it is about'),
    colleagues: z.array(z.object({ personId: id, name: z.string() })).describe('whom it can be handed to'),
  })
  .openapi('ShownFlag')

/** All flags of one client, in every state. */
export const raisedSchema = z
  .object({
    items: z.array(z.object({ ...flagFields, runIds: z.array(id).describe('runs that it tells of') })),
  })
  .openapi('RaisedFlags')

/** When it was, by the clock on the wall there. */
export interface Placed {
  readonly run: PlacedRun | null
  readonly localOffsetS: number
}

type Names = ReadonlyMap<string, string>
const nameIn = (names: Names, personId: string | null): string | null =>
  personId === null ? null : (names.get(personId) ?? null)

/** A flag as it stands. */
export const toFlagJson = (flag: Flag, firstName: string, names: Names, { run, localOffsetS }: Placed) => ({
  id: flag.id,
  clientId: flag.clientId,
  firstName,
  kind: flag.kind,
  rule: flag.rule,
  ruleVersion: flag.ruleVersion,
  level: flag.level,
  evidence: { ...flag.evidence },
  runId: flag.runId,
  aboutMs: flag.aboutMs,
  momentMs: momentMsOf(flag, run),
  momentIsUnknown: run?.isUndated ?? false,
  momentOffsetS: localOffsetS,
  raisedAtMs: flag.raisedAtMs,
  state: flag.state,
  assignedTo: flag.assignedTo,
  assignedToName: nameIn(names, flag.assignedTo),
  version: flag.version,
})

/** A row of the list. */
export const toInboxJson = (flag: InboxFlag, names: Names, placed: Placed) => ({
  ...toFlagJson(flag, flag.firstName, names, placed),
  seenAgain: flag.seenAgain,
  openedAtMs: flag.openedAtMs,
})

/** A step of the story. */
export const toEventJson = ({ version: _version, ...event }: FlagEvent, names: Names) => ({
  ...event,
  personName: nameIn(names, event.personId),
  toPersonName: nameIn(names, event.toPersonId),
  detail: { ...event.detail },
})
