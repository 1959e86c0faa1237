// A form that keeps typed text until it is saved or thrown away, for its writer only (draft-box.ts).
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/translate.ts'
import type { DraftOf } from './draft-box.ts'
import { lookAt, putTyped, readTyped, type Shown } from './form-draft.ts'
import { draftBox, dropDraft, saveDraft, writeAtOnce } from './these-drafts.ts'

/** Typing on writes nothing … product choice. */
const STALE_MS = 400

/** Keeps a value that changes by typing.
 *  @param put brings back what was kept; called once, where there is something
 *  @returns what keeps a newer one, and what throws it away; null keeps nothing */
export function useKept(of: DraftOf | null, put: (value: unknown) => void) {
  const box = draftBox.value
  const key = of === null ? null : `${of.what} ${of.clientId}`
  const pending = useRef<{ write: () => void; timer: ReturnType<typeof setTimeout> } | null>(null)
  /** The form that was typed into or thrown away. */
  const touched = useRef<string | null>(null)
  const write = () => {
    clearTimeout(pending.current?.timer)
    pending.current?.write()
    pending.current = null
  }
  useEffect(() => {
    if (box === null || of === null) return
    let isHere = true
    const forget = writeAtOnce(write)
    box.load(of).then(
      (value) => (isHere && touched.current !== key && value !== null ? put(value) : undefined),
      () => undefined,
    )
    return () => {
      isHere = false
      write()
      forget()
    }
  }, [box, key])
  const keep = (value: unknown) => {
    touched.current = key
    if (box === null || of === null) return
    clearTimeout(pending.current?.timer)
    const save = () => (value === null ? dropDraft(box, of) : saveDraft(box, of, value))
    pending.current = { write: save, timer: setTimeout(write, STALE_MS) }
  }
  return { keep, drop: () => (keep(null), write()) }
}

/** Of a form whose fields hold what is typed. */
export function useFormDraft(of: DraftOf | null) {
  const form = useRef<HTMLFormElement>(null)
  const shown = useRef<Shown>(new Map())
  const [isBack, setBack] = useState(false)
  const isPutting = useRef(false)
  useEffect(() => {
    if (form.current !== null) shown.current = lookAt(form.current)
  }, [])
  const { keep, drop } = useKept(of, (value) => {
    if (form.current === null) return
    isPutting.current = true
    setBack(putTyped(form.current, value))
    isPutting.current = false
  })
  const throwAway = () => {
    drop()
    setBack(false)
    if (form.current === null) return
    isPutting.current = true
    for (const [field, state] of shown.current) {
      if (typeof state === 'string') field.value = state
      else if (field instanceof HTMLInputElement) field.checked = state
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    isPutting.current = false
  }
  return {
    form,
    /** To be called at each input. */
    typed: () => {
      if (!isPutting.current && form.current !== null) keep(readTyped(form.current, shown.current))
    },
    /** Once it is saved. */
    saved: () => {
      drop()
      setBack(false)
    },
    /** That it was not saved yet, and the way to throw it away. */
    line: isBack ? (
      <p class="mark" role="status">
        {t('draft.back')}{' '}
        <button type="button" onClick={throwAway}>
          {t('draft.throwAway')}
        </button>
      </p>
    ) : null,
  }
}
