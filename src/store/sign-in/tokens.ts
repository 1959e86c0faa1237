// Random secrets for an address or a cookie; nobody can guess them.

/** 24 random bytes in base64url: 32 letters. */
export const newToken = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')

/** What one looks like. */
export const TOKEN = /^[\w-]{32}$/
