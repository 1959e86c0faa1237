// What a member of an archive is called.

/** UTF-8, and Latin-1 for what is not: a name is shown to people, never opened by. */
export function decodeName(raw: Uint8Array): string {
  const latin = latinOf(raw)
  if (raw.every((byte) => byte < 0x80)) return latin
  try {
    return decodeURIComponent(
      latin.replaceAll(/[^\w./ -]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`),
    )
  } catch {
    return latin
  }
}

const CHUNK = 8192

function latinOf(raw: Uint8Array): string {
  let text = ''
  for (let at = 0; at < raw.length; at += CHUNK) text += String.fromCharCode(...raw.subarray(at, at + CHUNK))
  return text
}
