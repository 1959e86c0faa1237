// Lines of the log, page by page.
import { useState } from 'preact/hooks'
import type { LogLine, LogPage } from '../../api/people.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { didOf, factsOf, visitWords, whoOf, type Names } from './log-words.ts'
import { toVisits, type Visit } from './visits.ts'

/** @param name what is listed: another one starts anew
 *  @param names of everybody who has an account
 *  @param myId of the client who reads what was done with their own data: as visits, without what only administrators use */
export function LogLines({
  name,
  load,
  names = new Map(),
  myId = null,
}: {
  name: string
  load: (beforeSeq: number | null) => Promise<LogPage>
  names?: Names
  myId?: string | null
}) {
  const [more, setMore] = useState<{ readonly name: string; readonly pages: readonly LogPage[] }>({ name, pages: [] })
  const [loaded, again] = useLoaded(name, () => load(null))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const pages = [loaded.value, ...(more.name === name ? more.pages : [])]
  const before = pages.at(-1)?.nextBeforeSeq ?? null
  const lines = pages.flatMap(({ items }) => items)
  return (
    <>
      {lines.length === 0 && <p>{t('log.none')}</p>}
      <ol class="list log" reversed>
        {myId !== null
          ? toVisits(lines).map((visit) => (
              <li key={visit.seq} class="line">
                <VisitLine visit={visit} myId={myId} />
              </li>
            ))
          : lines.map((line) => (
              <li key={line.seq} class="line">
                <Line line={line} names={names} />
              </li>
            ))}
      </ol>
      {before !== null && (
        <ActButton work={async () => setMore({ name, pages: [...pages.slice(1), await load(before)] })}>
          {t('app.more')}
        </ActButton>
      )}
    </>
  )
}

function Line({ line, names }: { line: LogLine; names: Names }) {
  return (
    <>
      <span>
        <strong>{whoOf(line)}</strong> {didOf(line)}
      </span>
      <span class="quiet">
        {formatMoment(line.atMs)} · {line.seq}
      </span>
      <span class="quiet">{factsOf(line, names).join(' · ')}</span>
    </>
  )
}

function VisitLine({ visit, myId }: { visit: Visit; myId: string }) {
  const { who, did } = visitWords(visit, myId)
  return (
    <>
      <span>
        <strong>{who}</strong> {did}
      </span>
      {visit.isEmergency && <span class="mark">{[t('nav.glass'), ...visit.reasons].join(': ')}</span>}
      <span class="quiet">{formatMoment(visit.atMs)}</span>
    </>
  )
}
