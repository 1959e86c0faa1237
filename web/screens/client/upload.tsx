// Reading in watch files: many at once, a word about each.
import { useRef, useState } from 'preact/hooks'
import { ApiError, uploadFiles, type UploadResult } from '../../api/api.ts'
import { t, tCode } from '../../messages/translate.ts'
import { Link } from '../../ui/router.tsx'
import { VerdictBadge } from '../../ui/verdict-badge.tsx'
import { failureText } from '../../ui/waiting.tsx'

export function Upload({ clientId, done }: { clientId: string; done: () => void }) {
  const [busy, setBusy] = useState(0)
  const [results, setResults] = useState<readonly UploadResult[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const planned = useRef<HTMLInputElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const send = async (files: readonly File[]) => {
    if (files.length === 0) return
    setBusy(files.length)
    setProblem(null)
    const minutes = planned.current?.value ?? ''
    try {
      setResults((await uploadFiles(clientId, files, minutes === '' ? null : Number(minutes))).results)
      done()
    } catch (error) {
      setProblem(failureText(error instanceof ApiError ? error.code : 'INTERNAL'))
    }
    setBusy(0)
    if (input.current !== null) input.current.value = ''
  }
  return (
    <section
      class="card drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void send(Array.from(event.dataTransfer?.files ?? []))
      }}
    >
      <h2>{t('upload.title')}</h2>
      <div class="fields">
        <label>
          {t('upload.planned')}
          <input ref={planned} type="number" min={1} max={1440} inputMode="numeric" />
        </label>
        <label class="button main">
          {t('upload.choose')}
          <input
            ref={input}
            class="covered"
            type="file"
            multiple
            disabled={busy > 0}
            onChange={(event) => void send(Array.from(event.currentTarget.files ?? []))}
          />
        </label>
      </div>
      <p class="quiet">{t('upload.hint')}</p>
      <p role="status">{busy > 0 && t('upload.busy', { count: busy })}</p>
      {problem !== null && <p role="alert">{problem}</p>}
      {results.length > 0 && (
        <>
          <h3>{t('upload.results')}</h3>
          <ul class="results">
            {results.map((result, i) => (
              <li key={`${i} ${result.file}`}>
                <ResultLine result={result} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function ResultLine({ result }: { result: UploadResult }) {
  const name = result.part === null ? result.file : `${result.file} (${result.part})`
  if (result.runId === null)
    return (
      <>
        <strong>{name}</strong>: {t('upload.not_usable')}. {tCode('file', result.code ?? '', result.message ?? '')}
      </>
    )
  return (
    <>
      <Link to={`/runs/${result.runId}`}>{name}</Link>: {t(`upload.${result.result}`)}{' '}
      {result.verdict !== null && <VerdictBadge verdict={result.verdict} />}
    </>
  )
}
