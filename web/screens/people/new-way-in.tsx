// For administrators: make a link for a person who lost password and second factor, show it once, and take it back.
import { useState } from 'preact/hooks'
import { findOpenReset, makeReset, takeBackReset, type Person, type Reset } from '../../api/people.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { whenFresh } from '../../session/fresh.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { LinkOnce } from '../../ui/link-once.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'

export function NewWayIn({ person: { id: personId, name } }: { person: Person }) {
  const [made, setMade] = useState<Reset | null>(null)
  const [loaded, again] = useLoaded(`reset ${personId}`, () => findOpenReset(personId))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { open } = loaded.value
  return (
    <>
      <h3>{t('newWayIn.title')}</h3>
      <p>{t('newWayIn.why', { name })}</p>
      {made !== null && open?.id === made.id && (
        <LinkOnce
          link={`${location.origin}/reset#${made.token}`}
          words={t('invite.once', { date: formatMoment(made.expiresAtMs) })}
          alt={t('newWayIn.qr')}
        />
      )}
      {open !== null && (
        <p>
          {open.openedAtMs === null
            ? t('invite.works', { date: formatMoment(open.expiresAtMs) })
            : t('invite.opened', { date: formatMoment(open.openedAtMs), until: formatMoment(open.expiresAtMs) })}
          <br />
          <span class="quiet">
            {t('invite.madeBy', {
              name: open.madeBy === null ? t('resets.machine') : (open.madeByName ?? t('log.gone')),
              date: formatMoment(open.madeAtMs),
            })}
          </span>
        </p>
      )}
      <p class="actions">
        <ActButton
          {...(open === null ? {} : { sure: t('newWayIn.again') })}
          work={async () => {
            setMade(await whenFresh(() => makeReset(personId)))
            again()
          }}
        >
          {t('newWayIn.make')}
        </ActButton>
        {open !== null && (
          <ActButton
            sure={t('invite.takeBackSure')}
            work={async () => {
              await takeBackReset(personId, open.id)
              setMade(null)
              again()
            }}
          >
            {t('invite.takeBack')}
          </ActButton>
        )}
      </p>
    </>
  )
}
