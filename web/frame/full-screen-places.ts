// Which screens fill the whole page. A phone held in one hand outdoors has no room for a menu.
import { signal } from '@preact/signals'

export const isFullScreen = signal(false)
