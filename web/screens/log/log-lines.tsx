// Lines of the log, page by page.
import { useState } from 'preact/hooks'
import type { LogLine, LogPage } from '../../api/people.ts'
import { formatMoment, t, tCode } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { toVisits, type Visit } from './visits.ts'

/** @param name what is listed: another one starts anew
 *  @param brief as visits, without what only administrators use */
export function LogLines({
  name,
  load,
  brief = false,
}: {
  name: string
  load: (beforeSeq: number | null) => Promise<LogPage>
  brief?: boolean
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
        {brief
          ? toVisits(lines).map((visit) => (
              <li key={visit.seq} class="line">
                <VisitLine visit={visit} />
              </li>
            ))
          : lines.map((line) => (
              <li key={line.seq} class="line">
                <Line line={line} />
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

const nameOf = ({ personId, personName }: Pick<LogLine, 'personId' | 'personName'>): string =>
  personId === null ? t('log.calmpace') : (personName ?? t('log.gone'))
const whoOf = (line: LogLine): string => (line.whoStruck ? t('log.struckWho') : nameOf(line))
const wordOf = (action: string): string => tCode('action', action, action)

function Line({ line }: { line: LogLine }) {
  const words = [
    line.clientId === null ? '' : t('log.client', { id: line.clientId }),
    line.whomStruck && !line.whoStruck ? t('log.struckWhom') : '',
    line.rule === null ? '' : t('log.rule', { rule: line.rule }),
    line.cameFrom === null ? '' : t('log.from', { from: line.cameFrom }),
    ...Object.entries(line.detail).map(([key, value]) => `${key}: ${detailText(key, value)}`),
  ]
  return (
    <>
      <span>
        <strong>{whoOf(line)}</strong> {wordOf(line.action)}
      </span>
      <span class="quiet">
        {formatMoment(line.atMs)} · {line.seq}
      </span>
      <span class="quiet">{words.filter((word) => word !== '').join(' · ')}</span>
    </>
  )
}

function detailText(key: string, value: unknown): string {
  if (key.endsWith('Ms') && typeof value === 'number') return formatMoment(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function VisitLine({ visit }: { visit: Visit }) {
  return (
    <>
      <span>
        <strong>{nameOf(visit)}</strong> {visit.actions.map(wordOf).join(', ')}
      </span>
      {visit.isEmergency && <span class="mark">{[t('nav.glass'), ...visit.reasons].join(': ')}</span>}
      <span class="quiet">{formatMoment(visit.atMs)}</span>
    </>
  )
}
