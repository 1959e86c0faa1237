// The second factor of staff: set one up within the first 15 minutes, or sign in with the existing one.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { graceMinutes, hasShownFactor, loadMe } from '../../../session/me.ts'
import { cameFrom, Link } from '../../../ui/router.tsx'
import { useMinute } from '../../../ui/use-minute.ts'
import { AddPasskey } from './add-passkey.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { ShowOwnFactor } from './show-own-factor.tsx'
import { TotpSetup } from './totp-setup.tsx'

export function SecondFactorScreen({ me, must }: { me: Me; must: boolean }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [isAdded, setAdded] = useState(false)
  if (codes !== null && me.backupCodes?.unkept !== false) return <NewCodes codes={codes} />
  return (
    <>
      <h1>{t('second.title')}</h1>
      {me.strong ? (
        <p class="card">
          {t('second.done')} <Link to={wayOn()}>{t('second.on')}</Link>
        </p>
      ) : hasShownFactor(me) ? (
        <Choice me={me} must={must} done={setCodes} added={() => setAdded(true)} />
      ) : (
        // A password alone must not add another way in.
        <ShowOwnFactor me={me} isAdded={isAdded} />
      )}
    </>
  )
}

function Choice({
  me,
  must,
  done,
  added,
}: {
  me: Me
  must: boolean
  done: (codes: readonly string[]) => void
  added: () => void
}) {
  const minutes = graceMinutes(me, useMinute())
  const isOver = must || minutes === 0
  return (
    <>
      <p>{t('second.why')}</p>
      {minutes !== null && <p>{isOver ? t('second.over') : t('second.left', { minutes })}</p>}
      <TotpSetup done={done} />
      <AddPasskey added={added} />
      {!isOver && (
        <p>
          <Link to="/">{t('second.later')}</Link>
        </p>
      )}
    </>
  )
}

function NewCodes({ codes }: { codes: readonly string[] }) {
  // Who goes on without keeping them has a second step all the same; once they are kept, this is asked anyway.
  useEffect(() => () => void loadMe(), [])
  return (
    <>
      <h1>{t('second.title')}</h1>
      <p>{t('second.nearly')}</p>
      <section class="card">
        <BackupCodes codes={codes} />
      </section>
    </>
  )
}

/** Back to what asked for a second step. */
function wayOn(): string {
  const before = cameFrom()
  return ['/join', '/reset', '/second-factor'].includes(before) ? '/' : before
}
