// A sheet over the screen, as a modal dialog: focus goes in and comes back; Escape, Back and the close button close it.
// Messages for every screen (`sheetTop`, set by the frame) are at its top, because everything behind it is out of
// reach.
import { signal } from '@preact/signals'
import type { ComponentChildren, ComponentType } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../messages/translate.ts'
import { stopBack } from './back.ts'
import { holdFocus } from './hold-focus.ts'
import './sheet.css'

interface Props {
  readonly title: string
  readonly close: () => void
  /** What the sheet is about, where the head need not say it again. */
  readonly about?: string
  readonly children: ComponentChildren
}
type SheetTop = ComponentType<{ readonly close: () => void; readonly about: string | null }>

export const sheetTop = signal<SheetTop | null>(null)

export function Sheet({ title, close, about, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const isThere = useRef(true)
  const closeNow = useRef(close)
  closeNow.current = close
  const titleId = useId()
  // Before the next picture: nobody sees, or touches, what lies under a sheet that is there already.
  useLayoutEffect(() => {
    const shown = dialog.current
    const before = document.activeElement
    const giveFocusBack = holdFocus()
    shown?.showModal()
    const stopped = stopBack(() => closeNow.current())
    return () => {
      // A sheet that makes room for another one is not shut by the reader.
      isThere.current = false
      stopped()
      shown?.close()
      if (before instanceof HTMLElement) before.focus()
      giveFocusBack()
    }
  }, [])
  const Top = sheetTop.value
  return (
    <dialog
      class="sheet"
      data-hands
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => isThere.current && closeNow.current()}
    >
      <div class="sheet-head">
        {Top !== null && <Top close={close} about={about ?? null} />}
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" onClick={close}>
            {t('app.close')}
          </button>
        </header>
      </div>
      {children}
    </dialog>
  )
}
