// Entry of the page: the signed-in person, the frame, and the screen of the address.
import { render } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { isFullScreen } from './frame/full-screen-places.ts'
import { effect } from '@preact/signals'
import { GlassBanner } from './frame/glass-banner.tsx'
import { tellGlassIsOver } from './frame/glass-over.tsx'
import { Header } from './frame/header.tsx'
import { later, loadTheRest } from './frame/later.tsx'
import { isRunHere } from './group-run/run-here.ts'
import { NewVersionBanner, OfflineBanner } from './frame/page-banners.tsx'
import { ProofSheet } from './frame/proof-sheet.tsx'
import { SignedIn } from './frame/signed-in.tsx'
import { loadTexts, locale, t } from './messages/translate.ts'
import { JoinScreen } from './screens/sign-in/join/join-screen.tsx'
import { invitation } from './screens/sign-in/join/token.ts'
import { ResetScreen } from './screens/sign-in/reset/reset-screen.tsx'
import { resetLink } from './screens/sign-in/reset/token.ts'
import { SignInScreen } from './screens/sign-in/sign-in-screen.tsx'
import { keepPageForOffline } from './offline/new-version.ts'
import { thisOutbox, thisSync } from './outbox/instances.ts'
import { cleanAtLoad, cleanForWhoIsHere } from './session/clean-phone.ts'
import { clearShown, loadMe, who } from './session/me.ts'
import { clearWhenPutAway } from './session/put-away.ts'
import { Link, route } from './ui/router.tsx'
import { guardPresses } from './ui/press-guard.ts'
import { sheetTop } from './ui/sheet.tsx'
import { Waiting } from './ui/waiting.tsx'
import './style.css'
import './ui/press.css'

const RunBar = later(async () => {
  const { RunBar, RunInSheet } = await import('./frame/run-bar.tsx')
  sheetTop.value = RunInSheet
  return RunBar
})

/** Continues a run that this browser records, whatever page was opened. */
function RunHere() {
  useLayoutEffect(() => {
    thisOutbox.isRecording().then(
      (isRecording) => (isRunHere.value ||= isRecording),
      // A disk that gives nothing: the group run's own screen says so.
      () => undefined,
    )
  }, [])
  return isRunHere.value ? <RunBar /> : null
}

function App() {
  document.documentElement.lang = locale.value
  return (
    <div class={isFullScreen.value ? 'bare' : undefined}>
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      {!isFullScreen.value && (
        <Header me={who.value.state === 'there' && who.value.away !== 'signed_out' ? who.value.me : null} />
      )}
      <div class="stays">
        {who.value.state === 'there' && <RunHere />}
        {who.value.state === 'there' && who.value.away !== 'signed_out' && <GlassBanner me={who.value.me} />}
      </div>
      {who.value.state === 'there' && <ProofSheet me={who.value.me} />}
      <main id="main" tabIndex={-1}>
        <NewVersionBanner />
        <Content />
      </main>
      {!isFullScreen.value && (
        <footer>
          <p>{t('app.standing')}</p>
        </footer>
      )}
    </div>
  )
}

function Content() {
  const here = who.value
  const before = useRef(here.state)
  useEffect(() => {
    // Another screen in the same place: a reader without a mouse goes on at its beginning, not at the head of the page.
    if (before.current === 'nobody' || (before.current === 'there' && here.state === 'nobody'))
      document.getElementById('main')?.focus()
    before.current = here.state
  }, [here.state])
  if (route.value.screen === 'join') return <JoinScreen />
  if (route.value.screen === 'reset') return <ResetScreen />
  switch (here.state) {
    case 'asking':
      return <Waiting loaded={{ state: 'loading' }} again={retry} />
    case 'failed':
      return <Waiting loaded={here} again={retry} />
    case 'nobody':
      return <SignInScreen why={here.why} />
    case 'there':
      return (
        <>
          {here.away !== null && <OfflineBanner away={here.away} />}
          {here.away === 'signed_out' && route.value.screen !== 'group-run' ? (
            // After a sign-out only the recorded run stays, and no other data about people.
            <>
              <h1>{t('group.title')}</h1>
              <p class="actions">
                <Link to="/group-run" class="button">
                  {t('live.toRun')}
                </Link>
              </p>
            </>
          ) : (
            <SignedIn me={here.me} mustSecure={here.mustSecure} route={route.value} />
          )}
        </>
      )
  }
}

const retry = (): void => void loadMe()

invitation.take()
resetLink.take()
void loadMe()
guardPresses()
tellGlassIsOver()
effect(() => {
  if (who.value.state === 'there' && who.value.away === null) thisSync.signedIn()
})
/** product choice: what the first screen asks for comes before it. */
const REST_AFTER_MS = 1000
const place = document.getElementById('app')

/** Deletes data that may not stay on this phone before anything is shown. */
async function begin(): Promise<void> {
  const hasTexts = haveTexts()
  await cleanAtLoad()
  cleanForWhoIsHere()
  await hasTexts
  if (place === null) return
  clearWhenPutAway(place, clearShown, retry)
  render(<App />, place)
  keepTheRest()
}

const TEXTS_AGAIN_MS = 2000
/** Without words there is nothing to show, not even that they are missing. */
async function haveTexts(): Promise<void> {
  for (;;)
    try {
      return await loadTexts(locale.value)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, TEXTS_AGAIN_MS))
    }
}

/** Once somebody sees what they came for: on a slow line all else would hold that up. */
function keepTheRest(): void {
  const stop = effect(() => {
    if (who.value.state === 'asking') return
    queueMicrotask(() => stop())
    setTimeout(keepPageForOffline, REST_AFTER_MS)
    // A service worker that is in charge has all of it.
    if ((navigator as Partial<Navigator>).serviceWorker?.controller == null)
      setTimeout(() => void loadTheRest(), 2 * REST_AFTER_MS)
  })
}
void begin()
