// What stands in a screen's place while it loads or when that failed.
import { t, tCode } from '../messages/translate.ts'
import type { Loaded } from './use-loaded.ts'

export const failureText = (code: string): string =>
  code === 'offline' ? t('app.offline') : tCode('problem', code, t('app.error'))

export function Waiting({
  loaded,
  again,
}: {
  loaded: Exclude<Loaded<unknown>, { state: 'there' }>
  again: () => void
}) {
  if (loaded.state === 'loading') return <p role="status">{t('app.loading')}</p>
  return (
    <div class="card" role="alert">
      <p>{failureText(loaded.code)}</p>
      <button type="button" onClick={again}>
        {t('app.retry')}
      </button>
    </div>
  )
}
