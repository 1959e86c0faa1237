// The order of a group's clients: clients with the strongest findings first, else by first name.
import { flagLevels } from '../../../../src/domain/finding.ts'
import type { GroupPatterns } from '../../../api/api.ts'

type Client = Pick<GroupPatterns['clients'][number], 'firstName'> & {
  readonly flags: readonly Pick<GroupPatterns['clients'][number]['flags'][number], 'level'>[]
}

export function byNeed<T extends Client>(clients: readonly T[]): T[] {
  const weight = ({ flags }: T) => flags.reduce((sum, { level }) => sum + 10 ** flagLevels.indexOf(level), 0)
  return clients.toSorted((a, b) => weight(b) - weight(a) || (a.firstName < b.firstName ? -1 : 1))
}
