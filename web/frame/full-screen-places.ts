// Whether a screen wants the whole page for itself: a phone held in one hand in the wood has no room for a menu.
import { signal } from '@preact/signals'

export const isFullScreen = signal(false)
