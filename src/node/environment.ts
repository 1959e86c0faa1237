// Reads and checks the environment variables once, at start.
import { z } from 'zod'
import { oneLine } from '../domain/one-line.ts'

/** A variable that is set to nothing counts as not set: service files and containers write it so. Not so the folder and the secret:
 *  nothing there is a mistake (`CALMPACE_DATA=$UNSET`), and the default would be another clinic. */
const optional = <T extends z.ZodType>(type: T) => z.preprocess((value) => (value === '' ? undefined : value), type)

const numberOfPort = z
  .string()
  .regex(/^\d{1,5}$/, 'a number from 0 to 65535 is needed, e.g. PORT=8787')
  .transform(Number)
  .refine((port) => port <= 65_535, 'a number from 0 to 65535 is needed, e.g. PORT=8787')

const schema = z
  .object({
    PORT: optional(numberOfPort.default(8787)),
    CALMPACE_DATA: z.string().min(1, 'a folder is needed, e.g. CALMPACE_DATA=/var/lib/calmpace').default('data'),
    CALMPACE_ORIGIN: optional(
      z
        .string()
        .transform((text) => originOf(text))
        .refine((found) => found !== null, {
          error: 'only scheme, host and port of the public address, e.g. CALMPACE_ORIGIN=https://calm.example.org',
        })
        .optional(),
    ),
    CALMPACE_SECRET: z
      .string()
      .min(32, 'at least 32 characters that nobody can guess, e.g. what "openssl rand -base64 32" prints')
      .optional(),
    CALMPACE_LISTEN: optional(z.string().default('127.0.0.1')),
    CALMPACE_TRUST_PROXY: optional(
      z
        .enum(
          ['0', '1'],
          '1 where a proxy in front tells the address of the caller, else 0, e.g. CALMPACE_TRUST_PROXY=1',
        )
        .default('0'),
    ),
  })
  .superRefine((values, context) => {
    if (isLoopback(values.CALMPACE_LISTEN) && values.CALMPACE_ORIGIN === undefined) return
    const why = isLoopback(values.CALMPACE_LISTEN) ? 'CALMPACE_ORIGIN' : `CALMPACE_LISTEN=${values.CALMPACE_LISTEN}`
    for (const [name, example] of needed)
      if (values[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: `is needed beside ${why}, e.g. ${name}=${example}` })
  })

/** To be reached from other machines. */
const needed = [
  ['CALMPACE_ORIGIN', 'https://calm.example.org'],
  ['CALMPACE_SECRET', '$(openssl rand -base64 32), kept as long as the clinic'],
] as const

/** Capitals and the port that goes without saying are nobody's mistake: `https://Calm.example:443/` is `https://calm.example`.
 *  @returns null where there is more in it than scheme, host and port, or another scheme than a browser's */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const isBare = url.pathname === '/' && !/[?#@]/.test(text)
  return isBare && /^https?:$/.test(url.protocol) ? url.origin : null
}

/** What is asked for, by name.
 *  @internal held against what the help tells */
export const variableNames = Object.keys(schema.shape)

export interface Environment {
  readonly port: number
  readonly dataFolder: string
  /** The public address; null on a machine of one's own. */
  readonly origin: string | null
  /** Null is "make one and keep it in the data folder". */
  readonly secret: string | null
  /** Network address to listen on. */
  readonly listen: string
  /** Whether a proxy in front tells the caller's address (last of `X-Forwarded-For`). */
  readonly trustProxy: boolean
}

/** @returns the settings, or one line that says what is wrong with them */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly value: Environment } | { readonly ok: false; readonly reason: string } {
  const parsed = schema.safeParse(variables)
  if (!parsed.success)
    return {
      ok: false,
      reason: parsed.error.issues
        .map(({ path, message }) => `${path.join('.')}${given(path.join('.'), variables)}: ${message}`)
        .join('; '),
    }
  const values = parsed.data
  return {
    ok: true,
    value: {
      port: values.PORT,
      dataFolder: values.CALMPACE_DATA,
      origin: values.CALMPACE_ORIGIN ?? null,
      secret: values.CALMPACE_SECRET ?? null,
      listen: values.CALMPACE_LISTEN,
      trustProxy: values.CALMPACE_TRUST_PROXY === '1',
    },
  }
}

/** The given value, to help find it; never the value of a secret. */
const given = (name: string, variables: Readonly<Record<string, string | undefined>>): string => {
  const value = variables[name] ?? ''
  return value === '' || name === 'CALMPACE_SECRET' ? '' : ` (now "${oneLine(value, 80)}")`
}

export const isLoopback = (address: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(address)
