// What binds the log's lines. A line's hash does not hold who it was and of whom it tells, but a seal of each: a hash over
// them and a salt of their own. Salt and words can be struck out together, and nobody can try words against the seal that
// stays; the chain stays whole. What was struck stands in a later line, else it counts as changed.
import { sha256Hex, toHex } from '../sha256.ts'

export const START = ''
/** The line that says which lines were struck, the one that says that all were sealed anew (`audit-reseal.ts`), and the one
 *  that says what the last hash was before; it was made of what may be struck one day. */
export const STRUCK = 'log.struck'
export const RESEALED = 'log.resealed'
export const FORMER_HEAD = 'log.former-head'

export interface Who {
  readonly person_id: string | null
  readonly came_from: string | null
}
export interface Whom {
  readonly client_id: string | null
  readonly detail_json: string
}
export interface Seals {
  readonly who_salt: string
  readonly whom_salt: string
  readonly who_seal: string
  readonly whom_seal: string
}

/** Seal a line that nothing was struck from. */
export async function sealWhole(row: Who & Whom): Promise<Seals> {
  const [who_salt = '', whom_salt = ''] = newSalts(2)
  return { who_salt, whom_salt, who_seal: await sealWho(row, who_salt), whom_seal: await sealWhom(row, whom_salt) }
}

/** As many as are asked for, at once: asking for random bytes costs more than the bytes. */
export function newSalts(count: number): string[] {
  const all = toHex(crypto.getRandomValues(new Uint8Array(16 * count)))
  return Array.from({ length: count }, (_, i) => all.slice(i * 32, i * 32 + 32))
}

export const sealWho = ({ person_id, came_from }: Who, salt: string) =>
  sha256Hex(JSON.stringify([salt, person_id, came_from]))
export const sealWhom = ({ client_id, detail_json }: Whom, salt: string) =>
  sha256Hex(JSON.stringify([salt, client_id, detail_json]))

/** The same of each client whom a line names: one can be struck and the others stay. */
export const sealName = (client_id: string, salt: string) => sha256Hex(JSON.stringify([salt, client_id]))
/** What a line's hash holds of all whom it names. @param seals by their places */
export const sealNames = (seals: readonly string[]) => sha256Hex(JSON.stringify(seals))

interface HashedRow {
  readonly seq: number
  readonly at_ms: number
  readonly action: string
  readonly rule: string | null
  readonly who_seal: string
  readonly whom_seal: string
  /** Of a line that names several; before there were such lines it is not even a column. */
  readonly named_seal?: string | null
}

export function hashLine(row: HashedRow, previous: string): string | Promise<string> {
  const { seq, at_ms, action, rule, who_seal, whom_seal, named_seal } = row
  const named = named_seal == null ? [] : [named_seal]
  return sha256Hex(JSON.stringify([previous, seq, at_ms, action, rule, who_seal, whom_seal, ...named]))
}

export type Broken = 'missing' | 'changed' | 'not_after_the_one_before'
export type AuditCheck =
  | {
      readonly ok: true
      readonly lines: number
      readonly head: string
      /** Numbers of the lines whose who or whom was struck out, in their order. */
      readonly struck: readonly number[]
      /** The last hash before all was sealed anew; null where it never was, or where somebody was struck out since. */
      readonly formerHead: string | null
    }
  /** `seq` is the first line that does not fit. */
  | { readonly ok: false; readonly seq: number; readonly reason: Broken }
