// Imports that the reader began and whose end they did not see: the page was loaded anew, or the connection broke. Those that go on are
// followed; those that ended are shown until the reader says that they saw them, for a day.
import { useEffect, useState } from 'preact/hooks'
import type { LeftOfArchive } from '../../../../../src/formats/left-files.ts'
import { isFileProblem } from '../../../../../src/domain/reading-codes.ts'
import { failureOf, followImport, forgetImport, isUnderWay, listImports, type Import } from '../../../../api/imports.ts'
import { t } from '../../../../messages/translate.ts'
import { useAction } from '../../../../ui/use-action.ts'
import { failureText } from '../../../../ui/waiting.tsx'
import { ImportLine } from './import-line.tsx'
import { Results } from './results.tsx'

export function EarlierImports({ clientId, changed }: { clientId: string; changed: () => void }) {
  const [imports, setImports] = useState<readonly Import[]>([])
  const [isSilent, setSilent] = useState(false)
  const { busy, problem, act } = useAction()
  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    const tell = (one: Import | null) => {
      setSilent(one === null)
      if (one !== null) setImports((known) => [...known.filter(({ id }) => id !== one.id), one])
    }
    const follow = async () => {
      const { items } = await listImports(clientId)
      const wereUnderWay = items.some(isUnderWay)
      await Promise.all(items.map(({ id }) => followImport(clientId, id, tell, signal)))
      if (wereUnderWay && !signal.aborted) changed()
    }
    // Nothing here is asked for: what cannot be told now is told at the next look.
    follow().catch(() => undefined)
    return () => ending.abort()
  }, [clientId])
  const seen = () =>
    act(async () => {
      for (const { id } of imports) await forgetImport(clientId, id)
      setImports([])
      changed()
    })
  if (imports.length === 0) return null
  const going = imports.filter(isUnderWay)
  const failure = imports.map(failureOf).find((one) => one !== null)
  const end = (
    <p class="actions">
      <button type="button" aria-disabled={busy} onClick={seen}>
        {t(going.length > 0 ? 'upload.stop' : 'upload.seen')}
      </button>
    </p>
  )
  return (
    <div class="earlier">
      <h3>{t('upload.earlier')}</h3>
      <p role="status">
        {going.length > 0 && t('upload.busy', { count: going.reduce((sum, { files }) => sum + files.done, 0) })}
      </p>
      {going.map((one) => (
        <>
          <progress
            key={one.id}
            max={Math.max(1, one.bytes.total)}
            value={one.bytes.done}
            aria-label={t('upload.earlier')}
          />
          <ImportLine one={one} />
        </>
      ))}
      {going.length > 0 && isSilent && <p role="status">{t('upload.silent')}</p>}
      {going.length > 0 && end}
      {failure !== undefined && (
        <p role="alert">{failure.code === 'INTERNAL' ? t('upload.trouble') : failureText(failure.code)}</p>
      )}
      <Results
        results={imports.flatMap(({ results }) => results)}
        left={imports.flatMap(({ left }) => left.map(toLeft))}
        busy={going.length > 0}
      />
      {going.length === 0 && failure === undefined && <p class="quiet">{t('upload.earlierRest')}</p>}
      {going.length === 0 && end}
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  )
}

/** The server counts, and keeps no names. */
const toLeft = ({ archive, counts }: Import['left'][number]): LeftOfArchive => ({
  archive,
  counts: counts.flatMap(({ code, count }) => (isFileProblem(code) ? [{ code, count, names: [] }] : [])),
})
