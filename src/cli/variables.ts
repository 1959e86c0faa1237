// The environment variables, as the help texts explain them. What each may hold is checked in src/node/environment.ts.

export const variables = {
  CALMPACE_DATA: 'folder of the database (default: data)',
  PORT: 'port to listen on, 0 to 65535, 0 is any free one (default: 8787)',
  CALMPACE_ORIGIN: 'public address behind a proxy, as https://calm.example (default: this machine only)',
  CALMPACE_SECRET: 'signs sessions, at least 32 characters (default: made, and kept in the data folder)',
  CALMPACE_OLD_SECRET: 'the secret until now, for rekey, where it is not the one in the data folder',
  CALMPACE_LISTEN: 'network address to listen on (default: 127.0.0.1)',
  CALMPACE_TRUST_PROXY: "1 where the proxy appends the caller's address to X-Forwarded-For (default: 0)",
  CALMPACE_DEBUG: '1 shows where in the program an unexpected error arose',
} as const
export type VariableName = keyof typeof variables
