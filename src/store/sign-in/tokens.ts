// Secrets that stand in an address or a cookie and that nobody guesses.

/** 24 random bytes in base64url: 32 letters. */
export const newToken = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')

/** What one looks like. */
export const TOKEN = /^[\w-]{32}$/
