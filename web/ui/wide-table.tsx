// A table that may be wider than a phone. It scrolls inside its own area, by finger and by keyboard.
import type { ComponentChildren } from 'preact'

/** @param narrow with less room between its columns */
export const WideTable = ({
  label,
  narrow = false,
  children,
}: {
  label: string
  narrow?: boolean
  children: ComponentChildren
}) => (
  <div class={narrow ? 'table narrow' : 'table'} tabIndex={0} role="region" aria-label={label}>
    <table>{children}</table>
  </div>
)
