// The head of the page: language, the signed-in person, and the navigation.
import { languageCodes, languages } from '../../src/domain/languages.ts'
import type { Me } from '../api/people.ts'
import { chooseLocale, locale, t } from '../messages/translate.ts'
import { SignOutButton } from '../screens/sign-in/account/sign-out.tsx'
import { Link, route, routeOf } from '../ui/router.tsx'
import { places } from './navigation.ts'

/** @param me null where nobody is signed in */
export function Header({ me }: { me: Me | null }) {
  return (
    <header>
      <Link to="/" class="brand">
        {t('app.name')}
      </Link>
      <div role="group" aria-label={t('app.language')}>
        {languageCodes.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={locale.value === one}
            onClick={() => void chooseLocale(one).catch(() => undefined)}
          >
            {languages[one].name}
          </button>
        ))}
      </div>
      {me !== null && (
        <div class="person">
          <span>{me.name}</span>
          <Link to="/account" current={route.value.screen === 'account'}>
            {t('account.title')}
          </Link>
          <SignOutButton />
        </div>
      )}
      {me !== null && (
        <nav aria-label={t('nav.title')}>
          <ul>
            {places
              .filter(({ isFor }) => isFor(me))
              .map(({ path, name }, i) => (
                <li key={path}>
                  <Link to={path} current={isHere(path, i === 0)}>
                    {t(name)}
                  </Link>
                </li>
              ))}
          </ul>
        </nav>
      )}
    </header>
  )
}

/** @param isFirst where the reader begins */
const isHere = (path: string, isFirst: boolean): boolean =>
  routeOf(path).screen === route.value.screen || (isFirst && route.value.screen === 'home')
