// What is on this phone. Staff see it run by run: what waits, what was refused and why, with buttons to send and
// remove. Everybody else sees a few plain words without a name.
import { useState } from 'preact/hooks'
import type { Me } from '../../api/people.ts'
import { formatDay, formatMoment, formatTenths, t, writtenAs } from '../../messages/translate.ts'
import { isGoing, endOf, type StoredGroupRun } from '../../outbox/stored.ts'
import { thisOutbox, thisSync } from '../../outbox/instances.ts'
import { rememberRemoved, removedText } from '../../sending/removed-recordings.tsx'
import { SendNow } from '../../sending/send-now.tsx'
import { refusedText, syncText } from '../../sending/sync-text.ts'
import { mayRecord } from '../../session/clean-phone.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { findContents, listUntaken, type Contents, type RunHere, type RunnerHere } from './contents.ts'
import './this-phone.css'

export function ThisPhoneScreen({ me }: { me: Me }) {
  // What was sent or left since is read anew.
  const { unsent, waitingRecordings } = thisOutbox.state.value
  const key = `${me.personId} ${unsent} ${waitingRecordings} ${thisOutbox.removed.value.length}`
  const [loaded, again] = useLoaded(key, () =>
    findContents(thisOutbox, { ...me, mayRecord: mayRecord(me) }, Date.now()),
  )
  return (
    <>
      <p>
        <Link to="/account">← {t('account.title')}</Link>
      </p>
      <h1>{t('phone.title')}</h1>
      {loaded.state !== 'there' ? (
        <Waiting loaded={loaded} again={again} />
      ) : mayRecord(me) ? (
        <ForStaff contents={loaded.value} again={again} />
      ) : (
        <InPlainWords me={me} contents={loaded.value} />
      )}
    </>
  )
}

/** For whoever may not record: nothing of anybody, and no button. */
function InPlainWords({ me, contents: { runs } }: { me: Me; contents: Contents }) {
  const { waitingRecordings: count, waitingUntilMs } = thisOutbox.state.value
  const going = runs.some(({ run }) => isGoing(run))
  const sent = runs.reduce((sum, { runners }) => sum + runners.length, 0) - count
  return (
    <>
      <section class="card">
        <h2>{t('phone.yours')}</h2>
        <p>{t('phone.yoursWhat')}</p>
        {me.roles.includes('client') && <p>{t('phone.yoursRuns')}</p>}
      </section>
      <section class="card">
        <h2>{t('phone.others')}</h2>
        {going && <p>{t('phone.othersGoing')}</p>}
        {count > 0 && waitingUntilMs !== null && (
          <p>{t('phone.othersWait', { count, day: formatDay(waitingUntilMs) })}</p>
        )}
        {!going && count === 0 && <p>{t(sent > 0 ? 'phone.othersSent' : 'phone.othersNone')}</p>}
      </section>
    </>
  )
}

function ForStaff({ contents, again }: { contents: Contents; again: () => void }) {
  const { usedBytes, waitingRecordings: count, problem } = thisOutbox.state.value
  const sync = thisSync.sync.value
  const removed = thisOutbox.removed.value
  const [gone, setGone] = useState<string | null>(null)
  return (
    <>
      <div role="status">{gone !== null && <p class="card attention">{t('phone.isRemoved', { name: gone })}</p>}</div>
      <section class="card">
        <p>{t('phone.terms')}</p>
        <p class="quiet">
          {usedBytes !== null && `${t('disk.kept', { used: formatTenths(usedBytes / 1e6) })} `}
          {t('phone.rosters', { count: contents.rosters })}
        </p>
        {problem === 'other_tab' && <p role="status">{t('disk.problem.other_tab')}</p>}
        {count > 0 && problem !== 'other_tab' && (
          <div class="waits">
            <p role="status">
              {t('sync.waiting', { count })} {sync.state !== 'idle' && syncText(sync, [])}
            </p>
            <SendNow sync={sync} />
          </div>
        )}
      </section>
      {contents.runs.length === 0 && <p class="card">{t('phone.noRuns')}</p>}
      {contents.runs.map((here) => (
        <RunCard
          key={here.run.id}
          here={here}
          removed={() => {
            setGone(here.run.name)
            again()
          }}
        />
      ))}
      {removed.length > 0 && (
        <section class="card">
          <h2>{t('phone.removed')}</h2>
          <ul class="lines">
            {removed.map((note) => (
              <li key={`${note.groupRunId} ${note.why} ${note.code}`}>{removedText(note)}</li>
            ))}
          </ul>
          {removed.some(({ isSeen }) => !isSeen) && (
            <p class="actions">
              <ActButton work={() => thisOutbox.sawRemoved()}>{t('live.seen')}</ActButton>
            </p>
          )}
        </section>
      )}
    </>
  )
}

function RunCard({ here, removed }: { here: RunHere; removed: () => void }) {
  const { run, runners, isTheirs, holderName } = here
  const goes = runners.map(goesOf)
  // Said once where it is the same for all.
  const goesTogether = goes.every((one) => one === goes[0]) ? (goes[0] ?? '') : null
  return (
    <section class="card phone-run">
      <h2>
        {isTheirs ? run.name : holderName === null ? t('phone.othersRun') : t('phone.runOf', { name: holderName })}
      </h2>
      <p class="quiet">
        {formatMoment(run.madeAtMs + (run.clockSetMs ?? 0))} · {stateOf(run)}
      </p>
      {runners.length === 0 && <p>{t('phone.nobody')}</p>}
      <ul class="lines">
        {runners.map((one, i) => (
          <li key={one.stored.id}>
            <strong>{one.name ?? t('phone.runner', { number: i + 1 })}</strong>
            <br />
            {whereOf(run, one)} {goesTogether === null && goes[i]}
          </li>
        ))}
      </ul>
      {goesTogether !== null && goesTogether !== '' && <p>{goesTogether}</p>}
      {isGoing(run) ? (
        isTheirs && (
          <p class="actions">
            <Link to="/group-run" class="button">
              {t('live.toRun')}
            </Link>
          </p>
        )
      ) : isTheirs ? (
        <p class="actions">
          <ActButton
            sure={lostBy(here)}
            work={async () => {
              rememberRemoved(run.id)
              await thisOutbox.remove(runners.map(({ stored }) => stored.id))
              removed()
            }}
          >
            {t('phone.remove')}
          </ActButton>
        </p>
      ) : (
        <p class="quiet">{t('phone.notYours')}</p>
      )}
    </section>
  )
}

const stateOf = (run: StoredGroupRun): string =>
  isGoing(run)
    ? t('phone.going')
    : run.endedByItself === true
      ? t('phone.endedByItself', { time: formatMoment(endOf(run)) })
      : t(run.practice ? 'phone.practice' : 'phone.over')

/** Until when a runner's recording is here. */
const goesOf = ({ term }: RunnerHere): string => (term === null ? '' : t('ended.goes', { day: formatDay(term.atMs) }))

/** Where it is. */
function whereOf(run: StoredGroupRun, { stored, unsent, isSent }: RunnerHere): string {
  const { refused, setAside } = stored
  return !isSent
    ? t('phone.staysHere')
    : refused !== null
      ? asSentence(refusedText(refused))
      : setAside > 0
        ? t('phone.setAside', { count: setAside })
        : unsent > 0
          ? t(isGoing(run) ? 'phone.isRecorded' : 'phone.waits', { count: unsent })
          : t('phone.sent')
}

/** What is lost by removing it now, in words. */
function lostBy(here: RunHere): string {
  const lost = listUntaken(here)
  const onlyHere = here.runners.filter(({ isSent }) => !isSent)
  if (lost.length === 0)
    return t(onlyHere.length > 0 ? 'phone.sureHere' : 'phone.sureCopy', { names: namesOf(onlyHere) })
  const sure = t('phone.sureLost', { count: lost.length, names: namesOf(lost) })
  return onlyHere.length === 0 ? sure : `${sure} ${t('phone.sureHere', { names: namesOf(onlyHere) })}`
}

const namesOf = (runners: readonly RunnerHere[]): string =>
  new Intl.ListFormat(writtenAs()).format(runners.map(({ name }) => name ?? ''))

const asSentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
