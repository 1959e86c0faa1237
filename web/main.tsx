// Entry of the page: frame, language, and the screen that the address names.
import { render } from 'preact'
import { chooseLocale, locale, t } from './messages/translate.ts'
import { ClientScreen } from './screens/client/client-screen.tsx'
import { ClientsScreen } from './screens/clients/clients-screen.tsx'
import { RunScreen } from './screens/run/run-screen.tsx'
import { SettingsScreen } from './screens/settings/settings-screen.tsx'
import { Link, route, type Route } from './ui/router.tsx'
import './style.css'

function App() {
  document.documentElement.lang = locale.value
  return (
    <>
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      <header>
        <Link to="/" class="brand">
          {t('app.name')}
        </Link>
        <div role="group" aria-label={t('app.language')}>
          {(['nl', 'en'] as const).map((one) => (
            <button
              key={one}
              type="button"
              lang={one}
              aria-pressed={locale.value === one}
              onClick={() => chooseLocale(one)}
            >
              {one === 'nl' ? 'Nederlands' : 'English'}
            </button>
          ))}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Screen route={route.value} />
      </main>
      <footer>
        <p>{t('app.standing')}</p>
        <p>
          <Link to="/settings">{t('settings.title')}</Link>
        </p>
      </footer>
    </>
  )
}

function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'clients':
      return <ClientsScreen />
    case 'client':
      return <ClientScreen key={route.clientId} clientId={route.clientId} />
    case 'settings':
      return <SettingsScreen />
    case 'run':
      return <RunScreen key={route.runId} runId={route.runId} />
  }
}

const place = document.getElementById('app')
if (place !== null) render(<App />, place)
