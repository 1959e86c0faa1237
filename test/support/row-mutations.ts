// Ways in which the rows and times of a good file go wrong, from a seed: the bytes stay whole, what they say does not. Pure.

type Random = () => number
/** One point as a device wrote it. */
export interface Row {
  /** Seconds since the start of the run by the clock of the moment. */
  readonly atS: number
  /** null where the device wrote that it has none. */
  readonly bpm: number | null
}
type Damage = (rows: readonly Row[], random: Random) => readonly Row[]

const HOUR_S = 3600
const DAY_S = 86_400

const upTo = (random: Random, below: number): number => Math.floor(random() * below)
const shifted = (rows: readonly Row[], byS: number): Row[] => rows.map((row) => ({ ...row, atS: row.atS + byS }))

/** A stretch of rows: `[from, to)`, mostly short. */
function stretch(rows: readonly Row[], random: Random): readonly [from: number, to: number] {
  const length = 1 + upTo(random, random() < 0.5 ? 12 : Math.max(1, rows.length / 2))
  const from = upTo(random, rows.length)
  return [from, Math.min(rows.length, from + length)]
}

/** Seconds, minutes, hours, days or decades, forwards or back. */
const step = (random: Random): number =>
  Math.round(([4, 60, 900, HOUR_S, DAY_S, 400 * DAY_S][upTo(random, 6)] ?? 4) * (0.5 + random())) *
  (random() < 0.5 ? -1 : 1)

const damages: Readonly<Record<string, Damage>> = {
  'rows cut out': (rows, random) => {
    const [from, to] = stretch(rows, random)
    return [...rows.slice(0, from), ...rows.slice(to)]
  },
  'rows told twice': (rows, random) => {
    const [from, to] = stretch(rows, random)
    return [...rows.slice(0, to), ...rows.slice(from)]
  },
  'rows told twice at the end': (rows, random) => [...rows, ...rows.slice(...stretch(rows, random))],
  'two blocks swapped': (rows, random) => {
    const [a, b, c] = [upTo(random, rows.length), upTo(random, rows.length), upTo(random, rows.length)].toSorted(
      (x, y) => x - y,
    )
    return [...rows.slice(0, a), ...rows.slice(b, c), ...rows.slice(a, b), ...rows.slice(c)]
  },
  'a block at another time': (rows, random) => {
    const [from, to] = stretch(rows, random)
    return [...rows.slice(0, from), ...shifted(rows.slice(from, to), step(random)), ...rows.slice(to)]
  },
  'a clock that was set': (rows, random) => {
    const from = upTo(random, rows.length)
    return [...rows.slice(0, from), ...shifted(rows.slice(from), step(random))]
  },
  'a block backwards': (rows, random) => {
    const [from, to] = stretch(rows, random)
    return [...rows.slice(0, from), ...rows.slice(from, to).toReversed(), ...rows.slice(to)]
  },
  'a clock that trembles': (rows, random) => rows.map((row) => ({ ...row, atS: row.atS + upTo(random, 4) - 2 })),
  'no value': (rows, random) => {
    const [from, to] = stretch(rows, random)
    return rows.map((row, k) => (k >= from && k < to ? { ...row, bpm: random() < 0.5 ? null : 0 } : row))
  },
  'one row a while': (rows, random) => {
    const every = 2 + upTo(random, 6)
    return rows.filter((_, k) => k % every === 0)
  },
}

/** One kind of damage, now and then another on top. */
export function damageRows(
  rows: readonly Row[],
  random: Random,
): { readonly kind: string; readonly rows: readonly Row[] } {
  const kinds = Object.keys(damages)
  const kind = kinds[upTo(random, kinds.length)] ?? ''
  const once = damages[kind]?.(rows, random) ?? rows
  if (random() < 0.7 || once.length < 2) return { kind, rows: once }
  const more = damageRows(once, random)
  return { kind: `${kind}, ${more.kind}`, rows: more.rows }
}
