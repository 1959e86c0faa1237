// The environment, read and checked once at start.
import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8787),
  CALMPACE_DATA: z.string().min(1).default('data'),
})
export interface Environment {
  readonly port: number
  readonly dataFolder: string
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
  return { ok: true, value: { port: parsed.data.PORT, dataFolder: parsed.data.CALMPACE_DATA } }
}
