// Filters of the list of flags: state, level, kind and group.
import { flagKinds } from '../../../src/domain/finding.ts'
import { flagStates } from '../../../src/domain/review/flag-state.ts'
import { raisedLevels } from '../../../src/domain/review/finding-occurrences.ts'
import type { Group } from '../../api/people.ts'
import type { FlagFilter } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'

export const noFilter: FlagFilter = { state: '', level: '', kind: '', groupId: '' }

export function Filters({
  filter,
  change,
  groups,
}: {
  filter: FlagFilter
  change: (filter: FlagFilter) => void
  groups: readonly Group[]
}) {
  const choice = (
    name: keyof FlagFilter,
    label: string,
    options: readonly (readonly [value: string, text: string])[],
  ) => (
    <label>
      {label}
      <select value={filter[name]} onChange={(event) => change({ ...filter, [name]: event.currentTarget.value })}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
  const all = ['', t('flags.all')] as const
  return (
    <details>
      <summary>{t('flags.filter')}</summary>
      <div class="fields">
        {choice('state', t('flags.state'), [
          ['', t('flags.state.waiting')],
          ...flagStates.map((state) => [state, t(`flags.state.${state}`)] as const),
          ['all', t('flags.all')],
        ])}
        {choice('level', t('flags.level'), [
          all,
          ...raisedLevels.map((level) => [level, t(`level.${level}`)] as const),
        ])}
        {choice('kind', t('flags.kind'), [all, ...flagKinds.map((kind) => [kind, kindName(kind)] as const)])}
        {groups.length > 1 &&
          choice('groupId', t('flags.group'), [all, ...groups.map(({ id, name }) => [id, name] as const)])}
      </div>
    </details>
  )
}

/** A rule by its number and name; one that is no more keeps the name that it had. */
export function kindName(kind: string): string {
  const known = flagKinds.find((one) => one === kind)
  return known === undefined ? kind.replace('.', ' ').replaceAll('_', ' ') : t(`kind.${known}`)
}
