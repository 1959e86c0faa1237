// Local times as text, the way that FHIR, Open mHealth and spreadsheets read them.

/** RFC 3339 with the offset, e.g. `2026-09-01T10:00:00+02:00`; milliseconds only where there are any.
 *  @param utcOffsetS local minus UTC, whole minutes */
export function toLocalTime(epochMs: number, utcOffsetS: number): string {
  const local = new Date(Math.round(epochMs) + utcOffsetS * 1000).toISOString().replace('.000', '').slice(0, -1)
  const minutes = Math.abs(Math.trunc(utcOffsetS / 60))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${utcOffsetS < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`
}
