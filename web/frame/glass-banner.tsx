// Says on every page that an emergency view holds, how long it still does, and ends it. It names nobody: others may see the screen.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../api/people.ts'
import { t } from '../messages/translate.ts'
import { may } from '../session/me.ts'
import { endOpenGlass, loadOpenGlass, openGlass, type OpenGlass } from '../session/open-glass.ts'
import { ActButton } from '../ui/act-button.tsx'
import { goTo, Link, route } from '../ui/router.tsx'
import './glass-banner.css'

export const GlassBanner = ({ me }: { me: Me }) => (may(me, 'glass.break') ? <Emergencies me={me} /> : null)

/** product choice: how late it is seen that it was ended on another device. */
const ASK_MS = 60_000

function Emergencies({ me }: { me: Me }) {
  const open = openGlass.value
  useEffect(() => {
    void loadOpenGlass()
    const ask = () => {
      if (!document.hidden && openGlass.value.length > 0) void loadOpenGlass()
    }
    const timer = setInterval(ask, ASK_MS)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
      // Whoever signs in next has none of these.
      openGlass.value = []
    }
  }, [me.personId])
  return (
    <>
      {open.map((glass) => (
        <Emergency key={glass.id} glass={glass} />
      ))}
    </>
  )
}

function Emergency({ glass }: { glass: OpenGlass }) {
  const leftMs = useLeft(glass.endsAtMs)
  const isOver = leftMs === 0
  useEffect(() => {
    if (isOver) void loadOpenGlass()
  }, [isOver])
  const here = route.value
  const isThere = here.screen === 'client' && here.clientId === glass.clientId
  return (
    <section class="card attention glass" aria-label={t('nav.glass')}>
      <p>
        <strong role="timer">{t('glass.open', { left: clockOf(leftMs) })}</strong> {t('glass.openWhy')}
      </p>
      <p class="actions">
        {!isThere && <Link to={`/clients/${glass.clientId}`}>{t('glass.toClient')}</Link>}
        <ActButton
          main
          work={async () => {
            await endOpenGlass(glass.id)
            if (isThere) goTo('/break-glass')
          }}
        >
          {t('glass.endNow')}
        </ActButton>
      </p>
    </section>
  )
}

/** Anew each second. */
function useLeft(endsAtMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, endsAtMs - nowMs)
}

/** Minutes and seconds: 59:07. */
function clockOf(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
