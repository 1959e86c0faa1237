// The environment, read and checked once at start.
import { z } from 'zod'

const schema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65535).default(8787),
    CALMPACE_DATA: z.string().min(1).default('data'),
    CALMPACE_ORIGIN: z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => !URL.canParse(url) || new URL(url).origin === url.replace(/\/$/, ''),
        'only scheme, host and port',
      )
      .optional(),
    CALMPACE_SECRET: z.string().min(32, 'at least 32 characters').optional(),
    CALMPACE_LISTEN: z.string().min(1).default('127.0.0.1'),
    CALMPACE_TRUST_PROXY: z.enum(['0', '1']).default('0'),
  })
  .superRefine((values, context) => {
    if (isLoopback(values.CALMPACE_LISTEN) && values.CALMPACE_ORIGIN === undefined) return
    for (const name of ['CALMPACE_ORIGIN', 'CALMPACE_SECRET'] as const)
      if (values[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed to be reached from other machines' })
  })

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
      reason: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    }
  const values = parsed.data
  return {
    ok: true,
    value: {
      port: values.PORT,
      dataFolder: values.CALMPACE_DATA,
      origin: values.CALMPACE_ORIGIN === undefined ? null : new URL(values.CALMPACE_ORIGIN).origin,
      secret: values.CALMPACE_SECRET ?? null,
      listen: values.CALMPACE_LISTEN,
      trustProxy: values.CALMPACE_TRUST_PROXY === '1',
    },
  }
}

export const isLoopback = (address: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(address)
