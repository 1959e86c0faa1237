// Links that were made, with who made each, what became of it, and a button to take one back that still works.
import type { ListedInvitation } from '../api/people.ts'
import { formatMoment, t } from '../messages/translate.ts'
import { ActButton } from './act-button.tsx'
import { roleWords } from './role-words.ts'

export function InvitationList({
  items,
  takeBack,
}: {
  items: readonly ListedInvitation[]
  takeBack: (one: ListedInvitation) => Promise<void>
}) {
  if (items.length === 0) return null
  return (
    <>
      <h3>{t('invite.list')}</h3>
      <ul class="list">
        {items.map((one) => (
          <li key={one.id} class="line">
            <strong>{one.name === '' ? t('invite.noName') : one.name}</strong>
            <span>{becameOf(one)}</span>
            <span class="quiet">
              {!one.roles.includes('client') && `${roleWords(one.roles)} · `}
              {t('invite.madeBy', { name: one.invitedByName ?? t('log.gone'), date: formatMoment(one.createdAtMs) })}
            </span>
            {one.works && (
              <p class="actions">
                <ActButton sure={t('invite.takeBackSure')} work={() => takeBack(one)}>
                  {t('invite.takeBack')}
                </ActButton>
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function becameOf(one: ListedInvitation): string {
  const { usedAtMs, endedAtMs, ending, openedAtMs, expiresAtMs } = one
  if (usedAtMs !== null) return t('invite.used', { date: formatMoment(usedAtMs) })
  if (endedAtMs !== null) return t(`invite.ended.${ending ?? 'taken_back'}`, { date: formatMoment(endedAtMs) })
  const until = formatMoment(expiresAtMs)
  if (expiresAtMs <= Date.now()) return t('invite.expired', { date: until })
  if (!one.works) return t('invite.accountThere')
  return openedAtMs === null
    ? t('invite.works', { date: until })
    : t('invite.opened', { date: formatMoment(openedAtMs), until })
}
