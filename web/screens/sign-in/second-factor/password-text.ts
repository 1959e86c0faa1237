import { t } from '../../../messages/translate.ts'

/** What to say where a password was asked for once more. */
export const passwordText = (code: string): string | null =>
  code === 'INVALID_PASSWORD' ? t('account.wrongPassword') : null
