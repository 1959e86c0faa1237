// The clinic's settings: time zone, active rule sets, changed parameters, how long raw samples are kept. Every change
// is a new version with date and reason. No version is changed or removed.
import type { Selectable } from 'kysely'
import type { ParameterOverrides } from '../../domain/parameters/parameters.ts'
import { retentionBounds } from '../../domain/retention.ts'
import { ruleSets, type RuleSet } from '../../domain/rule-sets.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import type { Tables } from '../tables.ts'

export interface ClinicSettings {
  /** IANA name; patterns count its local days. */
  readonly timeZone: string
  readonly ruleSets: readonly RuleSet[]
  readonly parameters: ParameterOverrides
  /** Raw samples go so many days after their run. */
  readonly retentionDays: number
  /** Whom a client who is very low reads to talk to (rule G18); null is the words that come with calmpace. */
  readonly support: readonly SupportContact[] | null
}
/** A person or a line, in the practice's own words. */
export interface SupportContact {
  readonly name: string
  readonly phone: string | null
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
  support: null,
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
  const row = (await latest(db)).at(0)
  return row === undefined ? atFirst : toVersion(row)
}

const latest = question((db) => versions(db).limit(1))

const versions = (db: Database) => db.selectFrom('clinic_settings').selectAll().orderBy('version', 'desc')

const toVersion = (row: Selectable<Tables['clinic_settings']>): SettingsVersion => ({
  version: row.version,
  timeZone: row.time_zone,
  ruleSets: toRuleSets(row.rule_sets_json),
  parameters: JSON.parse(row.parameters_json) as ParameterOverrides,
  retentionDays: row.retention_days,
  support: row.support_json === null ? null : (JSON.parse(row.support_json) as SupportContact[]),
  reason: row.reason,
  changedAtMs: row.changed_at_ms,
})

/** Add a version behind the one that the reader saw. What is left out of it stays as it was.
 *  @returns false where somebody else was first; nothing is written then */
export async function insertSettings(
  db: Database,
  seenVersion: number,
  settings: Omit<ClinicSettings, 'support'> & Partial<Pick<ClinicSettings, 'support'>>,
  reason: string,
  changedAtMs: number,
): Promise<boolean> {
  const before = await findSettings(db)
  if (before.version !== seenVersion) return false
  const { support = before.support } = settings
  await db
    .insertInto('clinic_settings')
    .values({
      version: seenVersion + 1,
      time_zone: settings.timeZone,
      rule_sets_json: JSON.stringify(settings.ruleSets),
      parameters_json: JSON.stringify(settings.parameters),
      retention_days: settings.retentionDays,
      support_json: support === null ? null : JSON.stringify(support),
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
