// Lines of the log, page by page.
import { useState } from 'preact/hooks'
import type { LogLine, LogPage } from '../../api/people.ts'
import { formatMoment, t, tCode } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'

/** @param name what is listed: another one starts anew
 *  @param brief without what only administrators use */
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
        {lines.map((line) => (
          <li key={line.seq} class="line">
            <Line line={line} brief={brief} />
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

function Line({ line, brief }: { line: LogLine; brief: boolean }) {
  const name = line.personId === null ? t('log.calmpace') : (line.personName ?? t('log.gone'))
  const words = Object.entries(line.detail).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return (
    <>
      <span>
        <strong>{name}</strong> {tCode('action', line.action, line.action)}
      </span>
      <span class="quiet">
        {formatMoment(line.atMs)}
        {!brief && ` · ${line.seq}`}
        {line.rule !== null && line.rule.startsWith('break-glass') && ` · ${t('nav.glass')}`}
      </span>
      {!brief && (
        <span class="quiet">
          {[
            line.clientId === null ? '' : t('log.client', { id: line.clientId }),
            line.rule === null ? '' : t('log.rule', { rule: line.rule }),
            line.cameFrom === null ? '' : t('log.from', { from: line.cameFrom }),
            ...words,
          ]
            .filter((word) => word !== '')
            .join(' · ')}
        </span>
      )}
    </>
  )
}
