// Uploading watch files: one, many, a folder or an export of many years, with the progress.
import { useRef, useState } from 'preact/hooks'
import { countOf, type LeftOfArchive } from '../../../../../src/formats/left-files.ts'
import { uploadFiles, type UploadResult } from '../../../../api/api.ts'
import { answerMeanings } from '../../../../api/answer-meanings.ts'
import { ApiError, codeOf, meaningOf } from '../../../../api/api-error.ts'
import { t } from '../../../../messages/translate.ts'
import { failureText } from '../../../../ui/waiting.tsx'
import { Results } from './results.tsx'
import { sendFiles } from './send-files.ts'

interface Progress {
  readonly doneShare: number
  readonly results: readonly UploadResult[]
  readonly left: readonly LeftOfArchive[]
}
const nothingYet: Progress = { doneShare: 0, results: [], left: [] }

/** What is told of one file that the server would not take, where it is about the file. */
function wordsOfFile(error: unknown): string | null {
  const { sending } = answerMeanings[meaningOf(error)]
  return error instanceof ApiError && (sending === 'shrink' || sending === 'apart') ? failureText(error.code) : null
}

export function Upload({ clientId, done }: { clientId: string; done: () => void }) {
  const [busy, setBusy] = useState(false)
  const [{ doneShare, results, left }, setProgress] = useState(nothingYet)
  const [problem, setProblem] = useState<string | null>(null)
  const planned = useRef<HTMLInputElement>(null)
  const stopped = useRef(false)
  const send = async (input: HTMLInputElement | null, files: readonly File[]) => {
    if (files.length === 0 || busy) return
    setBusy(true)
    setProblem(null)
    setProgress(nothingYet)
    stopped.current = false
    const minutes = planned.current?.value ?? ''
    const sendBatch = async (batch: readonly File[]) =>
      (await uploadFiles(clientId, batch, minutes === '' ? null : Number(minutes))).results
    const all: UploadResult[] = []
    try {
      for await (const step of sendFiles(files, sendBatch, wordsOfFile)) {
        all.push(...step.results)
        setProgress({ ...step, results: [...all] })
        if (stopped.current) break
      }
    } catch (error) {
      const words = failureText(codeOf(error))
      setProblem(all.length === 0 ? words : `${words} ${t('upload.kept')}`)
    }
    setBusy(false)
    if (input !== null) input.value = ''
    done()
  }
  return (
    <section
      class="card drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void send(null, Array.from(event.dataTransfer?.files ?? []))
      }}
    >
      <h2>{t('upload.title')}</h2>
      <div class="fields">
        <label>
          {t('upload.planned')}
          <input ref={planned} type="number" min={1} max={1440} inputMode="numeric" />
        </label>
        <Chooser label={t('upload.choose')} disabled={busy} send={send} main />
        {'webkitdirectory' in HTMLInputElement.prototype && (
          <Chooser label={t('upload.folder')} disabled={busy} send={send} folder />
        )}
      </div>
      <p class="quiet">{t('upload.hint')}</p>
      <p role="status">
        {busy && t('upload.busy', { count: results.length + left.reduce((sum, one) => sum + countOf(one), 0) })}
      </p>
      {busy && (
        <p class="actions">
          <progress max={1} value={doneShare} aria-label={t('upload.title')} />
          <button type="button" onClick={() => (stopped.current = true)}>
            {t('upload.stop')}
          </button>
        </p>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      <Results results={results} left={left} busy={busy} />
    </section>
  )
}

function Chooser({
  label,
  disabled,
  send,
  main = false,
  folder = false,
}: {
  label: string
  disabled: boolean
  send: (input: HTMLInputElement, files: readonly File[]) => Promise<void>
  main?: boolean
  folder?: boolean
}) {
  return (
    <label class={main ? 'button main' : 'button'}>
      {label}
      <input
        class="covered"
        type="file"
        multiple
        disabled={disabled}
        ref={(input) => {
          if (input !== null) input.webkitdirectory = folder
        }}
        onChange={(event) => {
          const input = event.currentTarget
          void send(input, Array.from(input.files ?? []))
        }}
      />
    </label>
  )
}
