// Signs out. This page and every other tab forget everything they showed, and everything stored about clients of this
// person. A run that is being recorded, and unsent recordings, stay; the page says so first.
import { useState } from 'preact/hooks'
import { ApiError } from '../../../api/api-error.ts'
import { signOut } from '../../../api/sign-in.ts'
import { draftsWritten } from '../../../drafts/these-drafts.ts'
import { leaveUnasked } from '../../../group-run/leave.ts'
import { t } from '../../../messages/translate.ts'
import { thisOutbox } from '../../../outbox/instances.ts'
import { here } from '../../../session/here.ts'
import { tellLeft } from '../../../session/me.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { focusOnce } from '../../../ui/focus-once.ts'
import { goTo } from '../../../ui/router.tsx'

/** Why somebody is asked before they sign out. */
type Asking = { readonly unsent: number } | 'run' | null

export function SignOutButton() {
  const [asking, setAsking] = useState<Asking>(null)
  if (asking === null)
    return (
      <ActButton
        work={async () => {
          const before = await findAsking()
          if (before === null) await leave()
          else setAsking(before)
        }}
      >
        {t('account.signOut')}
      </ActButton>
    )
  const text = asking === 'run' ? t('account.signOutRun') : t('account.unsent', { unsent: asking.unsent })
  return (
    <span class="sure" role="group" aria-label={text}>
      <span>{text}</span>
      {asking === 'run' ? (
        <button type="button" class="main" ref={focusOnce} onClick={() => (setAsking(null), goTo('/group-run'))}>
          {t('live.toRun')}
        </button>
      ) : (
        <button type="button" ref={focusOnce} onClick={() => setAsking(null)}>
          {t('app.no')}
        </button>
      )}
      <ActButton work={leave}>{t('account.signOutAnyway')}</ActButton>
    </span>
  )
}

/** A run that goes on matters more than what waits to be sent, which waits as long as it must. Where the disk does not say,
 *  somebody is asked. */
async function findAsking(): Promise<Asking> {
  // It is nothing of theirs, and nothing becomes of it.
  if (here.peek()?.mayRecord !== true) return null
  if (await thisOutbox.isRecording().catch(() => true)) return 'run'
  const unsent = await thisOutbox.countUnsent()
  return unsent === 0 ? null : { unsent }
}

async function leave(): Promise<void> {
  await draftsWritten()
  await signOut()
  tellLeft()
  await thisOutbox.wipeKept().catch(() => {
    throw new ApiError('NOT_WIPED')
  })
  leaveUnasked()
  location.assign('/')
}
