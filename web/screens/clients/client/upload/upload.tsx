// Uploading watch files: one, many, a folder or an export of many years, with the progress. What the server goes on with by itself is
// followed, also where the page was loaded anew meanwhile (earlier-imports.tsx).
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { countOf, type LeftOfArchive } from '../../../../../src/formats/left-files.ts'
import { answerMeanings } from '../../../../api/answer-meanings.ts'
import { ApiError, codeOf, meaningOf } from '../../../../api/api-error.ts'
import {
  failureOf,
  followImport,
  forgetImport,
  uploadFiles,
  type Import,
  type UploadResult,
} from '../../../../api/imports.ts'
import { t } from '../../../../messages/translate.ts'
import { failureText, failureWords } from '../../../../ui/waiting.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import { ImportLine } from './import-line.tsx'
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
  /** What of the batch that was sent the server goes on with. */
  const [goingOn, setGoingOn] = useState<Import | null>(null)
  const [isSilent, setSilent] = useState(false)
  const [problem, setProblem] = useState<ComponentChildren>(null)
  const planned = useRef<HTMLInputElement>(null)
  const stopping = useRef(new AbortController())
  /** @param keep is given what had come of one that failed
   *  @returns what came of it; of one that somebody stopped, what had come by then */
  const followToEnd = async (
    first: Import,
    keep: (results: readonly UploadResult[]) => void,
  ): Promise<readonly UploadResult[]> => {
    let last = first
    const tell = (one: Import | null) => {
      setSilent(one === null)
      if (one !== null) setGoingOn((last = one))
    }
    tell(first)
    try {
      await followImport(clientId, first.id, tell, stopping.current.signal)
      // It is shown here: what is kept of it is for whoever lost it.
      await forgetImport(clientId, first.id)
    } finally {
      setGoingOn(null)
      setSilent(false)
    }
    const failure = failureOf(last)
    if (failure !== null) {
      keep(last.results)
      throw failure
    }
    return last.results
  }
  const send = async (input: HTMLInputElement | null, files: readonly File[]) => {
    if (files.length === 0 || busy) return
    setBusy(true)
    setProblem(null)
    setProgress(nothingYet)
    stopping.current = new AbortController()
    const minutes = planned.current?.value ?? ''
    let kept: readonly UploadResult[] = []
    const sendBatch = async (batch: readonly File[]) => {
      kept = []
      const answer = await uploadFiles(clientId, batch, minutes === '' ? null : Number(minutes))
      return 'state' in answer ? followToEnd(answer, (results) => (kept = results)) : answer
    }
    const all: UploadResult[] = []
    try {
      for await (const step of sendFiles(files, sendBatch, wordsOfFile)) {
        all.push(...step.results)
        setProgress({ ...step, results: [...all] })
        if (stopping.current.signal.aborted) break
      }
    } catch (error) {
      all.push(...kept)
      setProgress((before) => ({ ...before, results: [...all] }))
      const words = failureText(codeOf(error))
      setProblem(failureWords(error, all.length === 0 ? words : `${words} ${t('upload.kept')}`))
    }
    setBusy(false)
    if (input !== null) input.value = ''
    done()
  }
  const looked = results.length + left.reduce((sum, one) => sum + countOf(one), 0)
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
      <p role="status">{busy && t('upload.busy', { count: looked + (goingOn?.files.done ?? 0) })}</p>
      {busy && (
        <p class="actions">
          {/* Before the end of the first batch there is nothing to measure by: then it only moves. */}
          <progress max={1} {...(doneShare === 0 ? {} : { value: doneShare })} aria-label={t('upload.title')} />
          <button type="button" onClick={() => stopping.current.abort()}>
            {t('upload.stop')}
          </button>
        </p>
      )}
      {goingOn !== null && (
        <>
          <ImportLine one={goingOn} isBatch />
          {isSilent && <p role="status">{t('upload.silent')}</p>}
          <p class="quiet">{t('upload.goesOn')}</p>
        </>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      <Results results={results} left={left} busy={busy} />
      {!busy && <EarlierImports clientId={clientId} changed={done} />}
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
