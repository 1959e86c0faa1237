/** The shortest password, as the server asks (`src/http/sign-in/auth.ts`, which the page cannot import). */
export const MIN_PASSWORD = 12
