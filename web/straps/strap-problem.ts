// Decides what a browser's Bluetooth error means for the person who pairs. Called where Web Bluetooth is called. It
// knows the errors of each browser by name and sentence, as measured, and never throws.

/** A closed set; `web/messages` has a sentence for each. */
export const strapProblems = [
  'bluetooth_off',
  /** The phone holds as many links as it can. */
  'phone_full',
  /** The strap was asked and did not answer in time: away, or not worn. */
  'timed_out',
  'attempt_failed',
  /** The browser has forgotten where it is and does not listen for it: a person's choosing makes it look. */
  'out_of_sight',
  /** The browser or the person does not allow it (any more). */
  'blocked',
  'unsupported',
  /** It is there, but it is no heart-rate strap. */
  'no_heart_rate',
] as const
export type StrapProblem = (typeof strapProblems)[number]

interface Known {
  readonly name: RegExp
  readonly message: RegExp
  readonly problem: StrapProblem | 'cancelled'
}

/** The first row that fits. Sentences are Chromium's. */
const known: readonly Known[] = [
  {
    name: /./,
    message: /bluetooth adapter (is )?not available|not ready|adapter.*(off|powered)/i,
    problem: 'bluetooth_off',
  },
  { name: /./, message: /globally disabled|permission|not allowed|blocklist/i, problem: 'blocked' },
  { name: /^(SecurityError|NotAllowedError)$/, message: /^/, problem: 'blocked' },
  { name: /./, message: /connection limit|too many|limit (was )?(reached|exceeded)/i, problem: 'phone_full' },
  {
    name: /^NotFoundError$/,
    message: /no services|service.*not found|no characteristics|characteristic.*not found/i,
    problem: 'no_heart_rate',
  },
  { name: /^NotFoundError$/, message: /cancel/i, problem: 'cancelled' },
  { name: /^(TypeError|ReferenceError)$/, message: /^/, problem: 'unsupported' },
]

/** @param error anything that a call of Web Bluetooth rejected with */
export function problemOf(error: unknown): StrapProblem | 'cancelled' {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  return known.find((row) => row.name.test(name) && row.message.test(message))?.problem ?? 'attempt_failed'
}

/** Whether the browser has forgotten where the strap is, and must first hear it advertise. */
export const isOutOfSight = (error: unknown): boolean =>
  error instanceof Error && /no longer in range/i.test(error.message)
