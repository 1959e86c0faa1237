// One flag: first the evidence, then the steps, then its history. Steps of another person appear within seconds, and
// text that you typed stays.
import { useEffect, useRef } from 'preact/hooks'
import { isClosed } from '../../../src/domain/review/flag-state.ts'
import { findFlag, type InboxFlag, type ShownFlag } from '../../api/review.ts'
import { EightWeeks } from '../../charts/weeks/eight-weeks.tsx'
import { formatMoment, t } from '../../messages/translate.ts'
import { flagNews } from '../../session/flag-news.ts'
import { Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { Evidence } from './evidence.tsx'
import { loadEvidence } from './load-evidence.ts'
import { LevelMark } from './flag-list.tsx'
import { aboutMoment } from '../../flags/flag-moment.ts'
import { flagSentence } from '../../flags/flag-sentence.ts'
import { actOfKey, isTyping } from './keys.ts'
import { Steps } from './steps.tsx'
import { FlagTimeline } from './flag-timeline.tsx'
import { useSteps } from './use-steps.ts'

export function FlagPanel({
  flagId,
  row,
  next,
  stepped,
  open,
}: {
  flagId: string
  /** From the list, where it is in it: then nothing waits for the flag to know its run. */
  row: InboxFlag | null
  /** The one after it. */
  next: string | null
  /** Called after a step that was taken. */
  stepped: () => void
  open: (flagId: string | null) => void
}) {
  const known = useRef(row)
  const [loaded, again] = useLoaded(`flag ${flagId}`, () => findFlag(flagId))
  const [evidence, evidenceAgain] = useLoaded(`evidence ${flagId}`, () => loadEvidence(flagId, known.current))
  const steps = useSteps(flagId, loaded.state === 'there' ? loaded.value : null, stepped, again)
  const { flag } = steps
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [flag === null])
  const seq = flagNews.value?.seq
  useEffect(() => {
    const news = flagNews.value?.changed.find((one) => one.flagId === flagId)
    if (news !== undefined && flag !== null && news.version !== flag.version) again()
  }, [seq])
  if (flag === null) return loaded.state === 'there' ? null : <Waiting loaded={loaded} again={again} />
  return (
    <div
      data-flag-id={flag.id}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        if (event.key === 'Escape') return steps.act === null ? open(null) : steps.choose(null)
        if (isTyping(event.target)) return
        if (event.key.toLowerCase() === 'n' && next !== null) return open(next)
        const act = actOfKey(event.key, flag.state)
        if (act === null) return
        event.preventDefault()
        steps.choose(act)
      }}
    >
      <p class="review-back">
        <Link to="/review">← {t('flags.back')}</Link>
      </p>
      <h1 class="flag-title" tabIndex={-1} ref={heading}>
        {flag.firstName}: {flagSentence(flag, t)}
      </h1>
      <Facts flag={flag} />
      {evidence.state === 'there' ? (
        <Evidence flag={flag} evidence={evidence.value} />
      ) : (
        <Waiting loaded={evidence} again={evidenceAgain} />
      )}
      <Steps steps={steps} flag={flag} />
      {isClosed(flag.state) && <NextButton next={next} open={open} />}
      {evidence.state === 'there' && (
        <section class="card">
          <h2>{t('weeks.title')}</h2>
          <EightWeeks data={evidence.value.patterns} />
        </section>
      )}
      <FlagTimeline flag={flag} />
      <p>
        <Link to={`/review/${flag.id}/report`}>{t('report.link')}</Link>
      </p>
    </div>
  )
}

function Facts({ flag }: { flag: ShownFlag }) {
  return (
    <p class="flag-facts">
      <LevelMark level={flag.level} /> <span class="badge">{t(`flags.state.${flag.state}`)}</span>{' '}
      {flag.assignedToName !== null && <span>{t('flags.for', { name: flag.assignedToName })}. </span>}
      <span>{aboutMoment(flag)} </span>
      {(flag.momentIsUnknown || flag.raisedAtMs - flag.aboutMs > 3_600_000) && (
        <span>{t('flags.cameIn', { date: formatMoment(flag.raisedAtMs) })} </span>
      )}
      <Link to={`/clients/${flag.clientId}`}>{t('flags.toClient', { name: flag.firstName })}</Link>
    </p>
  )
}

/** After a closing the focus is here: one press leads on. */
function NextButton({ next, open }: { next: string | null; open: (flagId: string | null) => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <p>
      {next === null && <span>{t('flags.nextNone')} </span>}
      <button type="button" class="main" ref={button} onClick={() => open(next)}>
        {next === null ? (
          t('flags.back')
        ) : (
          <>
            {t('flags.next')} <kbd aria-hidden="true">N</kbd>
          </>
        )}
      </button>
    </p>
  )
}
