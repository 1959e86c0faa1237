// Shows on every page that emergency access is active and for how long, and can end it. It names nobody, because other
// people may see the screen.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../api/people.ts'
import { formatTime, t } from '../messages/translate.ts'
import { may } from '../session/me.ts'
import {
  endOpenGlass,
  forgetGlass,
  isStoppedHere,
  loadOpenGlass,
  openGlass,
  type OpenGlass,
} from '../session/open-glass.ts'
import { ActButton } from '../ui/act-button.tsx'
import { goTo, Link, route } from '../ui/router.tsx'
import { isFullScreen } from './full-screen-places.ts'
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
      forgetGlass()
    }
  }, [me.personId])
  const nowMs = useSecond(open.length > 0)
  const nextOver = open.find(({ endsAtMs }) => endsAtMs <= nowMs)?.id ?? null
  useEffect(() => {
    if (nextOver !== null) void loadOpenGlass()
  }, [nextOver])
  if (isFullScreen.value) return <OneLine open={open} nowMs={nowMs} />
  return (
    <>
      {open.length > 0 && (
        <section class="card attention glass" aria-label={t('nav.glass')}>
          <ul>
            {open.map((glass) => (
              <li key={glass.id}>
                <Emergency glass={glass} nowMs={nowMs} isOne={open.length === 1} />
              </li>
            ))}
          </ul>
          <p class="quiet">{t('glass.openWhy')}</p>
        </section>
      )}
      <div role="status">
        {isStoppedHere.value && (
          <p class="card attention glass-stopped">
            {open.length === 0 ? t('glass.stopped') : t('glass.stoppedOne', { count: open.length })}
          </p>
        )}
      </div>
    </>
  )
}

function Emergency({ glass, nowMs, isOne }: { glass: OpenGlass; nowMs: number; isOne: boolean }) {
  const here = route.value
  const isThere = here.screen === 'client' && here.clientId === glass.clientId
  const left = clockOf(glass.endsAtMs - nowMs)
  return (
    <>
      <span>
        <strong role="timer">
          {isOne ? t('glass.open', { left }) : t('glass.openOf', { left, time: formatTime(glass.openedAtMs) })}
        </strong>{' '}
        {isThere ? t('glass.thisClient') : <Link to={`/clients/${glass.clientId}`}>{t('glass.toClient')}</Link>}
      </span>
      <span class="ends">
        <ActButton main work={() => endOpenGlass(glass.id, () => (isThere ? goTo('/break-glass') : undefined))}>
          {t('glass.endNow')}
        </ActButton>
      </span>
    </>
  )
}

/** Where a run takes the whole page: that it holds, and nothing to press. Each other page ends it. */
function OneLine({ open, nowMs }: { open: readonly OpenGlass[]; nowMs: number }) {
  const [first] = open.toSorted((one, other) => one.endsAtMs - other.endsAtMs)
  if (first === undefined) return null
  return (
    <p class="glass-line">
      {t('glass.open', { left: clockOf(first.endsAtMs - nowMs) })}
      {open.length > 1 && ` (${open.length})`}
    </p>
  )
}

/** The moment, anew each second. */
function useSecond(isNeeded: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (!isNeeded) return
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isNeeded])
  return nowMs
}

/** Minutes and seconds: 59:07. */
function clockOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
