// A link that does not work (any more): what that means, and what to do instead. Trying again would not help.
import { t } from '../messages/translate.ts'
import { Link } from './router.tsx'

/** @param way who may go on by signing in */
export const LinkOver = ({ text, way }: { text: string; way: 'join.hasAccount' | 'reset.toSignIn' }) => (
  <section class="card" role="alert">
    <p>{text}</p>
    <p class="actions">
      <Link to="/" class="button">
        {t(way)}
      </Link>
    </p>
  </section>
)
