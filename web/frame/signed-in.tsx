// Chooses the screen for the address, for a signed-in person. Their first screen depends on their roles.
import type { Me } from '../api/people.ts'
import { t } from '../messages/translate.ts'
import { RemovedRecordings } from '../sending/removed-recordings.tsx'
import { WaitingRecordings } from '../sending/waiting-recordings.tsx'
import { may } from '../session/me.ts'
import { glassRound, showsOneClient } from '../session/open-glass.ts'
import type { Route } from '../ui/router.tsx'
import { BackupCodesBanner } from './backup-codes-banner.tsx'
import { isFullScreen } from './full-screen-places.ts'
import { GraceBanner } from './grace-banner.tsx'
import { later } from './later.tsx'
import { guides, places } from './navigation.ts'
import { ResetsBanner } from './resets-banner.tsx'
import { TodayBanner } from './today-banner.tsx'

/** Each comes when it is first shown, and all of them once there is time (later.tsx). */
const AccountScreen = later(async () => (await import('../screens/sign-in/account/account-screen.tsx')).AccountScreen)
const BreakGlassScreen = later(
  async () => (await import('../screens/people/break-glass/break-glass-screen.tsx')).BreakGlassScreen,
)
const ClientScreen = later(async () => (await import('../screens/clients/client/client-screen.tsx')).ClientScreen)
const ClientsScreen = later(async () => (await import('../screens/clients/clients-screen.tsx')).ClientsScreen)
const EraseScreen = later(async () => (await import('../screens/rights/erase/erase-screen.tsx')).EraseScreen)
const GroupRunScreen = later(async () => {
  // With the bar that tells of a run on every other page: whoever begins one in the wood has both.
  const [{ GroupRunScreen: screen }] = await Promise.all([
    import('../screens/group-runs/group-run-screen.tsx'),
    import('./run-bar.tsx'),
  ])
  return screen
})
const GroupWeeksScreen = later(
  async () => (await import('../screens/clients/group-weeks/group-weeks-screen.tsx')).GroupWeeksScreen,
)
const GroupsScreen = later(async () => (await import('../screens/people/groups/groups-screen.tsx')).GroupsScreen)
const LogScreen = later(async () => (await import('../screens/audit/log-screen.tsx')).LogScreen)
const MyRunsScreen = later(async () => (await import('../screens/runs/my-runs/my-runs-screen.tsx')).MyRunsScreen)
const PeopleScreen = later(async () => (await import('../screens/people/people-screen.tsx')).PeopleScreen)
const ReviewScreen = later(async () => (await import('../screens/review/review-screen.tsx')).ReviewScreen)
const Report = later(async () => (await import('../screens/review/report/report.tsx')).Report)
const RunScreen = later(async () => (await import('../screens/runs/run/run-screen.tsx')).RunScreen)
const SecondFactorScreen = later(
  async () => (await import('../screens/sign-in/second-factor/second-factor-screen.tsx')).SecondFactorScreen,
)
const SettingsScreen = later(async () => (await import('../screens/settings/settings-screen.tsx')).SettingsScreen)
const ThisPhoneScreen = later(async () => (await import('../screens/this-phone/this-phone-screen.tsx')).ThisPhoneScreen)

/** @param mustSecure nothing else goes on without a second factor */
export function SignedIn({ me, mustSecure, route }: { me: Me; mustSecure: boolean; route: Route }) {
  if (mustSecure || route.screen === 'second-factor')
    return (
      <>
        <ResetsBanner me={me} />
        <BackupCodesBanner me={me} />
        <SecondFactorScreen me={me} must={mustSecure} />
      </>
    )
  const place = places.find(({ path }) => path === `/${route.screen}`)
  // What was open by an emergency is asked for anew when that ends: then it is refused, and gone from the screen (glass-over.tsx).
  const round = showsOneClient(route) ? glassRound.value : 0
  return (
    <>
      <GraceBanner me={me} />
      {!isFullScreen.value && <ResetsBanner me={me} />}
      {!isFullScreen.value && route.screen !== 'account' && <BackupCodesBanner me={me} />}
      {!isFullScreen.value && route.screen !== 'review' && <TodayBanner me={me} />}
      {!isFullScreen.value &&
        route.screen !== 'group-run' &&
        route.screen !== 'this-phone' &&
        me.roles.includes('therapist') && <WaitingRecordings />}
      {!isFullScreen.value && route.screen !== 'this-phone' && me.roles.includes('therapist') && <RemovedRecordings />}
      {place === undefined || place.isFor(me) ? <Screen key={round} me={me} route={route} /> : <Home me={me} />}
    </>
  )
}

function Screen({ me, route }: { me: Me; route: Exclude<Route, { screen: 'second-factor' }> }) {
  switch (route.screen) {
    case 'home':
    case 'join':
    case 'reset':
      return <Home me={me} />
    case 'mine':
      return <Mine me={me} />
    case 'client':
      return route.clientId === me.clientId ? (
        <MyRunsScreen key={route.clientId} clientId={route.clientId} />
      ) : (
        <ClientScreen key={route.clientId} clientId={route.clientId} me={me} />
      )
    case 'run':
      return <RunScreen key={route.runId} runId={route.runId} me={me} />
    case 'report':
      return <Report me={me} of={route.of} id={route.id} />
    case 'group-weeks':
      return <GroupWeeksScreen key={route.groupId} groupId={route.groupId} />
    case 'review':
      return <ReviewScreen flagId={route.flagId} />
    case 'people':
      return <PeopleScreen me={me} />
    case 'groups':
      return <GroupsScreen />
    case 'log':
      return <LogScreen />
    case 'break-glass':
      return <BreakGlassScreen me={me} />
    case 'erase':
      return <EraseScreen me={me} />
    case 'settings':
      return <SettingsScreen mayChange={may(me, 'settings.change')} />
    case 'group-run':
      return <GroupRunScreen />
    case 'this-phone':
      return <ThisPhoneScreen me={me} />
    case 'account':
      return <AccountScreen me={me} />
  }
}

function Home({ me }: { me: Me }) {
  if (guides(me)) return <ClientsScreen me={me} />
  if (me.clientId !== null) return <Mine me={me} />
  return may(me, 'people.view') ? <PeopleScreen me={me} /> : <NoRole />
}

const Mine = ({ me }: { me: Me }) =>
  me.clientId === null ? <NoRole /> : <MyRunsScreen key={me.clientId} clientId={me.clientId} />

function NoRole() {
  return (
    <>
      <h1>{t('account.noRoleTitle')}</h1>
      <p class="card">{t('account.noRole')}</p>
    </>
  )
}
