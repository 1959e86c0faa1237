// Routes of the clinic's settings: time zone, rule sets, parameters. Each change is a version with its reason.
import { createRoute, z } from '@hono/zod-openapi'
import { boundsOf, findParameterProblems, listParameters } from '../../domain/parameters/parameters.ts'
import { retentionBounds } from '../../domain/retention.ts'
import { ruleSets, rulesOfSet } from '../../domain/rule-sets.ts'
import { logClinic } from '../../store/people/access.ts'
import { findSettings, insertSettings, listSettings, type SupportContact } from '../../store/settings/settings.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, json } from '../schemas.ts'

/** A clinic's settings, except how long samples stay. */
export const settingsFields = {
  timeZone: z.string().max(60).refine(isTimeZone, 'not an IANA time zone'),
  ruleSets: z.array(z.enum(ruleSets)).describe('rule sets that are on; off are all others'),
  parameters: z.record(z.string(), z.number()).describe('only what differs from the defaults'),
}
const retentionDays = z
  .number()
  .int()
  .min(retentionBounds.min)
  .max(retentionBounds.max)
  .describe('raw samples and original files go so many days after the run; assessments stay')
export const supportContact = z.strictObject({
  name: z.string().trim().min(1).max(60),
  phone: z
    .string()
    .trim()
    .max(30)
    .regex(/^[+0-9][0-9 ()-]*$/, 'a telephone number')
    .nullable(),
})
const support = z
  .array(supportContact)
  .min(1)
  .max(6)
  .nullable()
  .describe('whom a client who is very low reads to talk to (rule G18); null is the words that come with calmpace')
const version = z.object({
  version: z.number().int(),
  ...settingsFields,
  retentionDays,
  support,
  reason: z.string().nullable(),
  changedAtMs: z.number().int().nullable(),
})
const shown = z
  .object({
    current: version,
    /** Newest first. */
    history: z.array(version),
    ruleSets: z.array(z.object({ name: z.enum(ruleSets), rules: z.array(z.string()), on: z.boolean() })),
    parameters: z.array(
      z.object({
        name: z.string(),
        value: z.number(),
        default: z.number(),
        min: z.number(),
        max: z.number(),
        unit: z.string(),
        source: z.string(),
      }),
    ),
  })
  .openapi('ClinicSettings')

const show = createRoute({
  ...guarded('settings.view'),
  method: 'get',
  path: '/api/settings',
  responses: { 200: json(shown, 'What the clinic has set, every parameter with its default, and how it came about') },
})
const change = createRoute({
  ...guarded('settings.change'),
  method: 'put',
  path: '/api/settings',
  request: {
    body: body(
      z.strictObject({
        ...settingsFields,
        retentionDays: retentionDays.optional().describe('without it, what holds now stays'),
        support: support.optional().describe('without it, what holds now stays'),
        seenVersion: z.number().int().describe('the version that the reader saw'),
        reason: z.string().trim().min(1).max(500),
      }),
    ),
  },
  responses: { 200: json(shown, 'The new version; runs are judged by it from now on, stored ones when judged again') },
})

export function settingsRoutes({ store, nowMs }: AppContext) {
  const all = async () => {
    const history = await listSettings(store.db)
    const current = await findSettings(store.db)
    return {
      current: copyOf(current),
      history: history.map(copyOf),
      ruleSets: ruleSets.map((name) => ({ name, rules: [...rulesOfSet[name]], on: current.ruleSets.includes(name) })),
      parameters: listParameters().map(([name, parameter]) => {
        const [min, max] = boundsOf(parameter)
        const { value, unit, source } = parameter
        return { name, value: current.parameters[name] ?? value, default: value, min, max, unit, source }
      }),
    }
  }
  return newRouter()
    .openapi(show, async (c) => {
      requireInClinic(c, show)
      return c.json(await all(), 200)
    })
    .openapi(change, async (c) => {
      const access = requireInClinic(c, change)
      const { seenVersion, reason, ...changes } = c.req.valid('json')
      requireParameters(changes.parameters)
      const written = await store.atomically(async (db) => {
        await requireRoom(db, 'settings', '', nowMs())
        const now = await findSettings(db)
        const { retentionDays = now.retentionDays, support = now.support } = changes
        const wanted = { ...changes, retentionDays, support }
        const done = await insertSettings(db, seenVersion, wanted, reason, nowMs())
        if (done) await logClinic(db, access, 'settings.change', { version: seenVersion + 1, ...wanted, reason })
        return done
      })
      if (!written) throw new ProblemError('CHANGED_MEANWHILE')
      return c.json(await all(), 200)
    })
}

/** @throws ProblemError SETTINGS_REJECTED with everything that is wrong */
export function requireParameters(parameters: Readonly<Record<string, number>>): void {
  const problems = findParameterProblems(parameters)
  if (problems.length > 0)
    throw new ProblemError('SETTINGS_REJECTED', problems.map(({ message }) => message).join(' '), {
      errors: problems.map(({ code, name }) => `${code} ${name}`),
    })
}

const copyOf = <
  T extends { ruleSets: readonly unknown[]; parameters: object; support: readonly SupportContact[] | null },
>(
  one: T,
) => ({
  ...one,
  support: one.support && one.support.map((contact) => ({ ...contact })),
  ruleSets: [...one.ruleSets] as T['ruleSets'][number][],
  parameters: { ...one.parameters },
})

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
