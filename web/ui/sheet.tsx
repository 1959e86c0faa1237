// A sheet over the screen, as a modal dialog: focus goes in and comes back, Escape and the close button shut it.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../messages/translate.ts'

export function Sheet({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const isThere = useRef(true)
  const titleId = useId()
  useEffect(() => {
    const shown = dialog.current
    const before = document.activeElement
    shown?.showModal()
    return () => {
      // A sheet that makes room for another one is not shut by the reader.
      isThere.current = false
      shown?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby={titleId} onClose={() => isThere.current && close()}>
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" onClick={close}>
          {t('app.close')}
        </button>
      </header>
      {children}
    </dialog>
  )
}
