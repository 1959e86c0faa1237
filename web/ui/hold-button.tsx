// A button for actions that must not happen by accident. A person holds it for a second with a finger, a mouse, Enter
// or Space, while it fills up. A press without a pointer or a key (a screen reader, a switch, a voice) cannot hold, so
// it asks in another place (`ask`).
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/translate.ts'

/** Long enough for no accident, short enough to keep walking (issue 15). style.css fills the button as long. */
const HOLD_MS = 1000

interface Props {
  readonly held: () => void
  readonly ask: () => void
  readonly class?: string
  readonly children: ComponentChildren
}

export function HoldButton({ held, ask, class: name = '', children }: Props) {
  const [state, setState] = useState<'idle' | 'holding' | 'short'>('idle')
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const begin = () => {
    if (timer.current !== null) return
    setState('holding')
    timer.current = setTimeout(() => {
      timer.current = null
      setState('idle')
      held()
    }, HOLD_MS)
  }
  const letGo = () => {
    if (timer.current === null) return
    clearTimeout(timer.current)
    timer.current = null
    setState('short')
  }
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  return (
    <button
      type="button"
      class={`hold ${name} ${state === 'holding' ? 'holding' : ''}`}
      onPointerDown={(event) => {
        if (event.button === 0) begin()
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onPointerLeave={letGo}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        if (!event.repeat) begin()
      }}
      onKeyUp={(event) => {
        event.preventDefault()
        letGo()
      }}
      onBlur={letGo}
      onClick={(event) => {
        if (event.detail === 0) ask()
      }}
    >
      <span>{children}</span>
      <small role="status">{state === 'short' ? t('hold.short') : t('hold.how')}</small>
    </button>
  )
}
