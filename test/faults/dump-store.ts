// A store as its facts alone: ids and the moments of writing replaced by what they stand for, so that two stores that came
// about differently can be held against each other.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

type Row = Readonly<Record<string, unknown>>

/** A strap's file has a short id of its making in its name. */
const plainName = (name: unknown): string => String(name).replace(/ [0-9a-f]{8}\.cprs$/, '.cprs')

/** Every file, run and assessment of a data folder, sorted; equal dumps are equal stores. */
export function dumpStore(folder: string): string[] {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'), { readOnly: true })
  const all = (query: string, ...values: string[]): Row[] => sqlite.prepare(query).all(...values)
  const hashOf = (parts: readonly Row[]) => {
    const hash = createHash('sha256')
    for (const { bytes } of parts) hash.update(bytes as Uint8Array)
    return hash.digest('hex')
  }
  const files = new Map(all('select id, sha256, name, size_bytes from run_file').map((row) => [row['id'], row]))
  const runs = all('select * from run')
  const nameOf = (run: Row | undefined) =>
    run === undefined
      ? null
      : [
          files.get(run['file_id'])?.['sha256'],
          run['file_activity'],
          plainName(files.get(run['file_id'])?.['name']),
        ].join(' ')
  const dumped = runs.map((run) => {
    const id = String(run['id'])
    return JSON.stringify({
      run: nameOf(run),
      twins: all('select run_id, sign, shift_s, is_one_run from twin where other_run_id = ?', id)
        .map((twin) => [nameOf(runs.find((other) => other['id'] === twin['run_id'])), ...Object.values(twin).slice(1)])
        .map((twin) => twin.join(' '))
        .sort(),
      facts: [run['started_at_ms'], run['elapsed_s'], run['planned_min'], run['recording_json']],
      columns: hashOf(all('select bytes from run_chunk where run_id = ? order by part', id)),
      file: hashOf(all('select bytes from run_file_part where file_id = ? order by part', String(run['file_id']))),
      assessments: all(
        'select verdict, rule_version, assessment_json from assessment where run_id = ? order by seq',
        id,
      ),
    })
  })
  sqlite.close()
  return [`${files.size} files`, ...dumped.sort()]
}
