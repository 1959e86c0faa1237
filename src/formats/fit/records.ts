// The records of one part, as places in its bytes: the decode loop only notes where each stands and when it was. Values
// are read column by column afterwards (record-column.ts), in tight loops, so that no record ever becomes an object.
import { countUp } from '../../domain/count-up.ts'
import { stepRangeOf, type StepRange } from '../../domain/rising-times.ts'
import type { Definition } from './definition.ts'
import type { FitTime } from './fit-time.ts'
import { recordColumns, type RecordColumn } from './profile.ts'
import { readColumn, type RecordGroup } from './record-column.ts'

/** A field 253 that says nothing. */
export const NO_TIME = 0xffffffff
/** Room is made at once for as many records as the bytes can hold, up to this many. */
const FIRST_ROOM = 8192

export class Records {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #length = 0
  #times = new Float64Array(0)
  /** Where the fields of each record begin. */
  #places = new Int32Array(0)
  /** Records that follow each other under one definition: the first of each stretch, and the definition. */
  readonly #firsts: number[] = []
  readonly #definitions: Definition[] = []
  #current: Definition | null = null
  /** Both are made where they are asked for, when all records are here. */
  #groups: readonly RecordGroup[] | null = null
  #steps: StepRange | null = null

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.#length
  }

  /** FIT times, in the order of the file. */
  get times(): Float64Array {
    return this.#times.subarray(0, this.#length)
  }

  /** Of all of them, in the order of the file. */
  get steps(): StepRange {
    this.#steps ??= stepRangeOf(this.times)
    return this.#steps
  }

  /** Of at least one record. */
  get lastTime(): FitTime {
    return this.#times[this.#length - 1]
  }

  /** Note the record whose fields begin at `place`. */
  add(time: FitTime, place: number, definition: Definition): void {
    this.#begin(definition)
    if (this.#length === this.#times.length) this.#grow(1)
    this.#times[this.#length] = time
    this.#places[this.#length++] = place
  }

  /** Note the record whose header byte is at `at` and all like it that follow, up to one that has no time or is cut.
   *  @returns where the first message begins that was not taken */
  addRun(at: number, end: number, definition: Definition): number {
    const { size, timestampAt, littleEndian } = definition
    const bytes = this.#bytes
    const view = this.#view
    const header = bytes[at]
    this.#begin(definition)
    // Locals, not members: this is the loop that every record goes through.
    let [times, places, length, next] = [this.#times, this.#places, this.#length, at]
    while (next + size < end && bytes[next] === header) {
      const time = view.getUint32(next + 1 + timestampAt, littleEndian)
      if (time === NO_TIME) break
      if (length === times.length) {
        this.#length = length
        this.#grow((end - next) / (size + 1))
        times = this.#times
        places = this.#places
      }
      times[length] = time
      places[length++] = next + 1
      next += size + 1
    }
    this.#length = length
    return next
  }

  /** Whether any record states this. */
  has(name: RecordColumn): boolean {
    const column = recordColumns.indexOf(name)
    return this.#grouped().some(({ definition }) => definition.wanted.some((field) => field.column === column))
  }

  /** One value for each record, in the order of the file; NaN where it has none.
   *  @param times what every value is multiplied by */
  column(name: RecordColumn, times = 1): Float32Array {
    return readColumn(this.#view, this.#grouped(), this.#length, name, times)
  }

  #begin(definition: Definition): void {
    if (this.#current === definition) return
    this.#current = definition
    this.#firsts.push(this.#length)
    this.#definitions.push(definition)
  }

  #grow(expected: number): void {
    const room = Math.max(16, 2 * this.#length, Math.min(FIRST_ROOM, Math.ceil(expected)))
    const [times, places] = [new Float64Array(room), new Int32Array(room)]
    times.set(this.#times)
    places.set(this.#places)
    this.#times = times
    this.#places = places
  }

  /** The records by their definition: some devices change from one to another at every record. */
  #grouped(): readonly RecordGroup[] {
    this.#groups ??= this.#makeGroups()
    return this.#groups
  }

  #makeGroups(): RecordGroup[] {
    const only = this.#definitions[0]
    if (this.#definitions.length === 1 && only !== undefined)
      return [{ definition: only, rows: countUp(this.#length), places: this.#places.subarray(0, this.#length) }]
    const groups = new Map<Definition, { readonly rows: Int32Array; readonly places: Int32Array; length: number }>()
    for (const [definition, length] of this.#lengths())
      groups.set(definition, { rows: new Int32Array(length), places: new Int32Array(length), length: 0 })
    for (let s = 0; s < this.#definitions.length; s++) {
      const group = groups.get(this.#definitions[s])
      if (group === undefined) continue
      for (let row = this.#firsts[s]; row < this.#endOf(s); row++) {
        group.rows[group.length] = row
        group.places[group.length++] = this.#places[row]
      }
    }
    return Array.from(groups, ([definition, { rows, places }]) => ({ definition, rows, places }))
  }

  /** How many records each definition has. */
  #lengths(): Map<Definition, number> {
    const lengths = new Map<Definition, number>()
    for (const [s, definition] of this.#definitions.entries())
      lengths.set(definition, (lengths.get(definition) ?? 0) + this.#endOf(s) - this.#firsts[s])
    return lengths
  }

  #endOf(stretch: number): number {
    return this.#firsts[stretch + 1] ?? this.#length
  }
}
