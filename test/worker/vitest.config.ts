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
