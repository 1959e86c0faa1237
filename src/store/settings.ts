// What a clinic has set: its time zone, the rule sets that it switched on, the parameters that it changed, how long raw
// samples are kept. Every change is a new version with its date and reason; none is ever changed or removed.
import type { Selectable } from 'kysely'
import type { ParameterOverrides } from '../domain/parameters/parameters.ts'
import { retentionBounds } from '../domain/retention.ts'
import { ruleSets, type RuleSet } from '../domain/rule-sets.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

export interface ClinicSettings {
  /** IANA name; patterns count its local days. */
  readonly timeZone: string
  readonly ruleSets: readonly RuleSet[]
  readonly parameters: ParameterOverrides
  /** Raw samples go so many days after their run. */
  readonly retentionDays: number
}
export interface SettingsVersion extends ClinicSettings {
  /** 0 is how a clinic begins. */
  readonly version: number
  readonly reason: string | null
  readonly changedAtMs: number | null
}

const atFirst: SettingsVersion = {
  version: 0,
  timeZone: 'Europe/Amsterdam',
  ruleSets: [],
  parameters: {},
  retentionDays: retentionBounds.default,
  reason: null,
  changedAtMs: null,
}

/** Newest first, the beginning last. */
export const listSettings = async (db: Database): Promise<SettingsVersion[]> => [
  ...(await versions(db).execute()).map(toVersion),
  atFirst,
]

/** What holds now. Asked for with nearly every request and run, so it reads one row. */
export async function findSettings(db: Database): Promise<SettingsVersion> {
  const row = await versions(db).limit(1).executeTakeFirst()
  return row === undefined ? atFirst : toVersion(row)
}

const versions = (db: Database) => db.selectFrom('clinic_settings').selectAll().orderBy('version', 'desc')

const toVersion = (row: Selectable<Tables['clinic_settings']>): SettingsVersion => ({
  version: row.version,
  timeZone: row.time_zone,
  ruleSets: toRuleSets(row.rule_sets_json),
  parameters: JSON.parse(row.parameters_json) as ParameterOverrides,
  retentionDays: row.retention_days,
  reason: row.reason,
  changedAtMs: row.changed_at_ms,
})

/** Add a version behind the one that the reader saw.
 *  @returns false where somebody else was first; nothing is written then */
export async function insertSettings(
  db: Database,
  seenVersion: number,
  settings: ClinicSettings,
  reason: string,
  changedAtMs: number,
): Promise<boolean> {
  if ((await findSettings(db)).version !== seenVersion) return false
  await db
    .insertInto('clinic_settings')
    .values({
      version: seenVersion + 1,
      time_zone: settings.timeZone,
      rule_sets_json: JSON.stringify(settings.ruleSets),
      parameters_json: JSON.stringify(settings.parameters),
      retention_days: settings.retentionDays,
      reason,
      changed_at_ms: changedAtMs,
    })
    .execute()
  return true
}

const toRuleSets = (text: string): RuleSet[] => {
  const names: unknown = JSON.parse(text)
  return ruleSets.filter((set) => Array.isArray(names) && names.includes(set))
}
