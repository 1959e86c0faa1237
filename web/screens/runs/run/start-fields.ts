// A moment as a day and a time in this browser's zone, as two fields of a form have it, and back. Pure.

export interface StartFields {
  /** `2026-09-01`, or nothing. */
  readonly day: string
  /** `08:30`, or nothing. */
  readonly time: string
}

/** @param atMs null where nothing is proposed: then nothing stands there */
export function toStartFields(atMs: number | null): StartFields {
  if (atMs === null) return { day: '', time: '' }
  const at = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return { day, time: `${two(at.getHours())}:${two(at.getMinutes())}` }
}

/** @returns null where one of the two is missing or is none */
export function fromStartFields({ day, time }: StartFields): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time)) return null
  const atMs = new Date(`${day}T${time}`).getTime()
  return Number.isNaN(atMs) ? null : atMs
}
