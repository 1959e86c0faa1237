// The phone during a run: sound, vibration, screen, and everything that a browser takes away and gives back only after
// a touch. controller.ts owns it.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import { onTouch } from '../ui/touches.ts'
import { refillScreen } from './full-screen.ts'
import type { GroupRun } from './group-run.ts'
import { askBeforeLeaving } from './leave.ts'
import { soundStateOf, type SoundState } from './sound-state.ts'
import { nextSound, noTurns } from './sound-turns.ts'
import { openSounder } from './sounder.ts'
import { soundingTile, type Tile } from './tile.ts'
import type { PaceSign } from './tunes.ts'
import { keepAwake, type WakeLock } from './wake-lock.ts'

interface Deps {
  /** Whether somebody runs or pauses. */
  readonly isGoing: ReadonlySignal<boolean>
  readonly tiles: () => readonly Tile[]
  /** Ask the browser to keep what is on the disk. */
  readonly persist: () => void
}

export class Phone {
  readonly sound: ReadonlySignal<SoundState>
  /** Null before anybody runs. */
  readonly isAwake = signal<boolean | null>(null)
  readonly #deps: Deps
  readonly #wantsSound = signal(true)
  readonly #sounder = openSounder(() => this.#wantsSound.value)
  #awake: WakeLock | null = null
  #turns = noTurns
  #pace: string | null = null
  /** Somebody pressed the button and listens. */
  #isTrying = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.sound = computed(() => soundStateOf(this.#wantsSound.value, this.#sounder.device.value))
  }

  /** From now on, for as long as the page lives. */
  open(): void {
    onTouch(() => this.#touched())
    effect(() => this.#keepAwake())
    effect(() => askBeforeLeaving(this.#deps.isGoing.value))
    effect(() => {
      if (this.sound.value === 'on') this.#beHeard()
    })
  }

  /** A moment of the run has passed: sound what is due. */
  tick(run: GroupRun, nowMs: number): void {
    this.#sounder.look()
    const asked = { sounding: soundingTile(run.tiles.value), pace: this.#newPace(run) }
    const { sound, turns } = nextSound(this.#turns, asked, nowMs)
    this.#turns = turns
    if (sound?.kind === 'alarm') this.#sounder.alarm(sound.priority)
    if (sound?.kind === 'pace') this.#sounder.pace(sound.sign)
  }

  /** The button: what cannot be heard is turned on, never off. */
  pressSound(): void {
    this.#wantsSound.value = this.sound.value !== 'on'
    this.#isTrying = this.#wantsSound.value
    if (this.#isTrying) this.#sounder.touched()
  }

  /** Plays at once an alarm that could not be heard; if there is none, the button plays a test sound. */
  #beHeard(): void {
    this.#turns = { ...this.#turns, alarm: null }
    if (this.#isTrying && soundingTile(this.#deps.tiles()) === null) this.#sounder.tried()
    this.#isTrying = false
  }

  /** A hand on the page: what a browser takes back is asked for again. */
  #touched(): void {
    if (!this.#deps.isGoing.peek()) return
    if (this.#wantsSound.peek()) this.#sounder.touched()
    this.#awake?.ask()
    refillScreen()
    this.#deps.persist()
  }

  #keepAwake(): void {
    const isGoing = this.#deps.isGoing.value
    if (isGoing && this.#awake === null) {
      this.#awake = keepAwake((isAwake) => (this.isAwake.value = isAwake))
      this.#sounder.open()
    }
    if (!isGoing && this.#awake !== null) {
      this.#awake.release()
      this.#awake = null
      this.isAwake.value = null
    }
  }

  /** The pace that has just begun, where there is a sign for it. */
  #newPace({ run, moment }: GroupRun): PaceSign | null {
    if (run.value.timer.pausedAtMs !== null) return null
    const pace = moment.value?.pace ?? null
    const before = this.#pace
    this.#pace = pace
    return pace !== before && before !== null && (pace === 'run' || pace === 'walk' || pace === 'done') ? pace : null
  }
}
