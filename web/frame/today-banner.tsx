// Reminds a reviewer on every screen that a `today` flag waits and nobody has opened it.
import type { Me } from '../api/people.ts'
import { t } from '../messages/translate.ts'
import { flagNews, flagNewsProblem, useFlagNews } from '../session/flag-news.ts'
import { may } from '../session/me.ts'
import { Link } from '../ui/router.tsx'
import { failureText } from '../ui/waiting.tsx'

export const TodayBanner = ({ me }: { me: Me }) => (may(me, 'flags.list') ? <Reminder /> : null)

function Reminder() {
  useFlagNews(60_000)
  const problem = flagNewsProblem.value
  if (problem !== null)
    return (
      <p class="card attention" role="status">
        {t('flags.newsFails', { why: failureText(problem) })}
      </p>
    )
  const count = flagNews.value?.unopenedToday ?? 0
  if (count === 0) return null
  return (
    <p class="card attention" role="status">
      {t('flags.unopenedToday', { count })} <Link to="/review">{t('flags.look')}</Link>
    </p>
  )
}
