// Asks as a browser does: keeps the cookies that it is given, sends them along, and says where it comes from.
import type { Ask } from './sign-in.ts'

export interface Browser {
  readonly ask: Ask
  /** By name; change them to attack. */
  readonly cookies: Map<string, string>
}

/** @param origin where it says that it comes from; null says nothing, as no browser does */
export function openBrowser(ask: Ask, origin: string | null = 'http://localhost'): Browser {
  const cookies = new Map<string, string>()
  return {
    cookies,
    ask: async (path, init = {}) => {
      const headers = new Headers(init.headers)
      if (!headers.has('cookie')) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
      if (origin !== null && init.method !== undefined && !headers.has('origin')) headers.set('origin', origin)
      const response = await ask(path, { ...init, headers: Object.fromEntries(headers) })
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';')
        const [name = '', value = ''] = pair.split(/=(.*)/)
        if (attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0')) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    },
  }
}
