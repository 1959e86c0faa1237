// The screen that the address names, for who is signed in; where they begin depends on what they are.
import type { Me } from '../api/people.ts'
import { t } from '../messages/translate.ts'
import { AccountScreen } from '../screens/sign-in/account/account-screen.tsx'
import { BreakGlassScreen } from '../screens/people/break-glass/break-glass-screen.tsx'
import { ClientScreen } from '../screens/clients/client/client-screen.tsx'
import { ClientsScreen } from '../screens/clients/clients-screen.tsx'
import { EraseScreen } from '../screens/rights/erase/erase-screen.tsx'
import { GroupRunScreen } from '../screens/group-runs/group-run-screen.tsx'
import { GroupWeeksScreen } from '../screens/clients/group-weeks/group-weeks-screen.tsx'
import { GroupsScreen } from '../screens/people/groups/groups-screen.tsx'
import { LogScreen } from '../screens/audit/log-screen.tsx'
import { MirrorScreen } from '../screens/runs/my-runs/mirror-screen.tsx'
import { PeopleScreen } from '../screens/people/people-screen.tsx'
import { ReviewScreen } from '../screens/review/review-screen.tsx'
import { Report } from '../screens/review/report/report.tsx'
import { RunScreen } from '../screens/runs/run/run-screen.tsx'
import { SecondFactorScreen } from '../screens/sign-in/second-factor/second-factor-screen.tsx'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { ThisPhoneScreen } from '../screens/this-phone/this-phone-screen.tsx'
import { RemovedRecordings } from '../sending/removed-recordings.tsx'
import { WaitingRecordings } from '../sending/waiting-recordings.tsx'
import { may } from '../session/me.ts'
import { glassRound, showsOneClient } from '../session/open-glass.ts'
import type { Route } from '../ui/router.tsx'
import { BackupCodesBanner } from './backup-codes-banner.tsx'
import { isBare } from './bare.ts'
import { GraceBanner } from './grace-banner.tsx'
import { guides, places } from './places.ts'
import { ResetsBanner } from './resets-banner.tsx'
import { TodayBanner } from './today-banner.tsx'

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
      {!isBare.value && <ResetsBanner me={me} />}
      {!isBare.value && route.screen !== 'account' && <BackupCodesBanner me={me} />}
      {!isBare.value && route.screen !== 'review' && <TodayBanner me={me} />}
      {!isBare.value &&
        route.screen !== 'group-run' &&
        route.screen !== 'this-phone' &&
        me.roles.includes('therapist') && <WaitingRecordings />}
      {!isBare.value && route.screen !== 'this-phone' && me.roles.includes('therapist') && <RemovedRecordings />}
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
        <MirrorScreen key={route.clientId} clientId={route.clientId} />
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
  me.clientId === null ? <NoRole /> : <MirrorScreen key={me.clientId} clientId={me.clientId} />

function NoRole() {
  return (
    <>
      <h1>{t('account.noRoleTitle')}</h1>
      <p class="card">{t('account.noRole')}</p>
    </>
  )
}
