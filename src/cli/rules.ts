// `calmpace rules FILE`: runs a vector file against the rules and prints what disagrees. The rule book stays the
// authority: nothing here knows an expected value.
import { readFile } from 'node:fs/promises'
import type { Output } from './output.ts'
import { ruleFunctionsAToD } from './rule-functions-a-to-d.ts'
import { ruleFunctionsE } from './rule-functions-e.ts'
import { ruleFunctionsFToH } from './rule-functions-f-to-h.ts'
import { ruleFunctionsI } from './rule-functions-i.ts'
import { list, number, record, type RuleFunction } from './vector-inputs.ts'

const ruleFunctions: Readonly<Record<string, RuleFunction>> = {
  ...ruleFunctionsAToD,
  ...ruleFunctionsE,
  ...ruleFunctionsFToH,
  ...ruleFunctionsI,
}

export interface Mismatch {
  readonly id: string
  readonly expected: unknown
  readonly got: unknown
}

/** Run every vector of a parsed vector file.
 *  @throws TypeError where the file is no vector file */
export function runVectors(file: unknown): { readonly count: number; readonly mismatches: readonly Mismatch[] } {
  const vectors = list(record(file)['vectors']).map(record)
  const mismatches: Mismatch[] = []
  for (const vector of vectors) {
    const expected = vector['expected']
    const got = call(ruleFunctions, vector['fn'], vector['inputs'])
    const tolerance = vector['tolerance'] === undefined ? 0 : number(vector['tolerance'])
    if (!agrees(expected, got, tolerance)) mismatches.push({ id: String(vector['id']), expected, got })
  }
  return { count: vectors.length, mismatches }
}

function call(functions: Readonly<Record<string, RuleFunction>>, fn: unknown, inputs: unknown): unknown {
  const rule = typeof fn === 'string' && Object.hasOwn(functions, fn) ? functions[fn] : undefined
  if (rule === undefined) return `unknown fn ${JSON.stringify(fn)}`
  try {
    return rule(record(inputs))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Numbers within the tolerance, all else equal; of an object, the members that the vector expects. */
export function agrees(expected: unknown, got: unknown, tolerance: number): boolean {
  if (typeof expected === 'number' && typeof got === 'number')
    return Object.is(expected, got) || Math.abs(expected - got) <= tolerance
  if (Array.isArray(expected))
    return (
      Array.isArray(got) &&
      got.length === expected.length &&
      expected.every((item, i) => agrees(item, got[i], tolerance))
    )
  if (typeof expected === 'object' && expected !== null) {
    if (typeof got !== 'object' || got === null || Array.isArray(got)) return false
    const members: Readonly<Record<string, unknown>> = { ...got }
    return Object.entries(expected).every(([name, value]) => agrees(value, members[name], tolerance))
  }
  return expected === got
}

/** The command. @returns the exit code: 0 all agree, 1 some do not or the file is no vector file */
export async function rules(file: string, output: Output): Promise<0 | 1> {
  let result: ReturnType<typeof runVectors>
  try {
    result = runVectors(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return output.fail({ code: 'NOT_VECTORS', message: `${file} is no vector file: ${reason}` })
  }
  const { count, mismatches } = result
  const [agree, ok] = [count - mismatches.length, mismatches.length === 0]
  output.result(
    [
      ...mismatches.map(
        ({ id, expected, got }) => `${id}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
      ),
      `${agree} of ${count} agree`,
    ],
    { ok, file, count, agree, mismatches: mismatches.map(({ id, expected, got = null }) => ({ id, expected, got })) },
  )
  return ok ? 0 : 1
}
