// The HTTP contract inside workerd, with the real worker and a real Durable Object.
import { readdirSync, readFileSync } from 'node:fs'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const folder = new URL('../../fixtures/fit/', import.meta.url)
const fixtures = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith('.fit'))
    .map((name) => [name, readFileSync(new URL(name, folder)).toString('base64')]),
)

/** What workerd writes down by itself of a body that was refused unread, and of bytes that a test reads as a text. Neither goes
 *  through a console that a test could hear; all else is printed as ever. */
const known = [
  /uncaught exception; exception = [\w/.+-]+:\d+: failed: jsg\.TypeError: Can't read from request stream after response has been sent\.\nstack: .*\n?/g,
  /console warning; message = Called \.text\(\) on an HTTP body which does not appear to be text\..*\n?/g,
]
const { stderr } = process
const write = stderr.write.bind(stderr)
stderr.write = ((...[chunk, ...rest]: Parameters<typeof write>) => {
  const left = known.reduce((text, of) => text.replace(of, ''), String(chunk))
  return left === '' || write(left, ...rest)
}) as typeof stderr.write

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: { bindings: { CALMPACE_SECRET: 'only for tests '.repeat(4) } },
    }),
  ],
  // Against a test that hangs, not against a busy machine.
  test: { include: ['test/worker/*.test.ts'], testTimeout: 240_000, hookTimeout: 240_000, provide: { fixtures } },
})
