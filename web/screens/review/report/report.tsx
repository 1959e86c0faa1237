// Chooses the printed page for an address.
import type { Me } from '../../../api/people.ts'
import { MyRunsScreen } from '../../runs/my-runs/my-runs-screen.tsx'
import { FlagReport } from './flag-report.tsx'
import { RunReport } from './run-report.tsx'
import { WeeksReport } from './weeks-report.tsx'

export function Report({ of, id, me }: { of: 'run' | 'weeks' | 'flag'; id: string; me: Me }) {
  switch (of) {
    case 'run':
      return <RunReport key={id} runId={id} me={me} />
    case 'weeks':
      // A client has the page of their own runs; these pages are written for who guides them.
      return id === me.clientId ? (
        <MyRunsScreen key={id} clientId={id} />
      ) : (
        <WeeksReport key={id} clientId={id} me={me} />
      )
    case 'flag':
      return <FlagReport key={id} flagId={id} me={me} />
  }
}
