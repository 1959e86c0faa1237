// Shown in place of a client when the emergency access is over: it says so, and how to start a new one.
import { effect } from '@preact/signals'
import { t } from '../messages/translate.ts'
import { isGlassOverHere } from '../session/open-glass.ts'
import { Link } from '../ui/router.tsx'
import { whyGone } from '../ui/waiting.tsx'

function GlassOver() {
  return (
    <section class="card attention" role="alert">
      <h1>{t('glass.over')}</h1>
      <p>{t('glass.overWhat')}</p>
      <p class="actions">
        <Link to="/break-glass" class="button">
          {t('glass.again')}
        </Link>
      </p>
    </section>
  )
}

/** Called once by the page's entry. */
export function tellGlassIsOver(): void {
  effect(() => {
    whyGone.value = isGlassOverHere.value ? GlassOver : null
  })
}
