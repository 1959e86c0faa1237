// A shape for each state, so that colour is never the only sign: octagon, double and single triangle, arrow over a
// line, broken ring, question mark, crossed strap, old clock, bars, square. Only calm has a tick (rule E0).
import type { TileState } from '../../group-run/tile.ts'

const shapes: Readonly<Record<TileState, string>> = {
  hard: 'M7 1h10l6 6v10l-6 6H7l-6-6V7zM11 5h2v9h-2zM11 16h2v3h-2z',
  not_easing: 'M12 0l9 10H3zM12 10l11 13H1zM11 14h2v4h-2zM11 19h2v2h-2z',
  over: 'M12 2l11 20H1zM11 9h2v7h-2zM11 17.500h2v2.500h-2z',
  no_signal_over: 'M12 1l3 6H9zM2 22l2-5 5 5zM22 22l-2-5-5 5zM11 10h2v6h-2z',
  above: 'M2 13h20v3H2zM12 1l6 7h-4v3h-4V8H6z',
  no_signal: 'M10 1h4v4h-4zM10 19h4v4h-4zM1 10h4v4H1zM19 10h4v4h-4z',
  unsure:
    'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zM12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 9c0-5 8-5 8 0 0 3-3 3-3 5h-2c0-4 3-3 3-5 0-2-4-2-4 0zM11 16h2v2h-2z',
  no_contact: 'M1 6h9v3H1zM14 6h9v3h-9zM1 15h22v3H1z',
  no_strap: 'M1 10h7v4H1zM16 10h7v4h-7zM10 4l2-2 8 18-2 2z',
  old: 'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zM12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM11 6h2v6h4v2h-6z',
  waiting_for_strap: 'M3 10h4v4H3zM10 10h4v4h-4zM17 10h4v4h-4z',
  no_limit: 'M2 10h20v4H2z',
  calm: 'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zM6 12l2-2 3 3 6-6 2 2-8 8z',
  waiting: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM11 6h2v6h5v2h-7z',
  paused: 'M5 3h5v18H5zM14 3h5v18h-5z',
  stopped: 'M3 3h18v18H3z',
}

export const StateIcon = ({ state }: { state: TileState }) => (
  <svg class="state-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={shapes[state]} fill="currentColor" fill-rule="evenodd" />
  </svg>
)
