// Tells a FIT file of settings, sleep or days from its first bytes: an export of years holds ten of them for each run.
import { isHeader } from './header.ts'
import { activityFile, mesg } from './profile.ts'

const INVALID_ENUM = 0xff
/** Header byte, reserved, byte order, message number, count of fields. */
const DEFINITION_BYTES = 6

/** Whether this is one part, to its end, whose first message says that it is no activity. False where that is not sure.
 *  @param head the first bytes
 *  @param sizeBytes of the whole file: something may be chained behind the first part
 *  @source FIT protocol 2.0, "Definition Message"; profile, `file_id.type` */
export function saysNoRun(head: Uint8Array, sizeBytes: number): boolean {
  if (!isHeader(head, 0)) return false
  const from = head[0]
  const dataBytes = head[4] + head[5] * 0x100 + head[6] * 0x10000 + head[7] * 0x1000000
  // A definition without developer fields, of `file_id`, and right behind it a message of it.
  if (from + dataBytes + 2 !== sizeBytes || (head[from] & 0xf0) !== 0x40) return false
  const global =
    head[from + 2] === 0 ? head[from + 3] + head[from + 4] * 0x100 : head[from + 3] * 0x100 + head[from + 4]
  const message = from + DEFINITION_BYTES + 3 * head[from + 5]
  if (global !== mesg.fileId || message >= head.length || head[message] !== (head[from] & 0x0f)) return false
  let at = message + 1
  for (let field = from + DEFINITION_BYTES; field < message; at += head[field + 1], field += 3)
    if (head[field] === 0)
      return head[field + 1] === 1 && at < head.length && head[at] !== activityFile && head[at] !== INVALID_ENUM
  return false
}
