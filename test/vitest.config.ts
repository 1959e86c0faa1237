// Unit, format, store and HTTP tests on Node: those of `npm run check`. What takes long stands in `*.long.test.ts` and runs
// by vitest.long.config.ts; the same store and HTTP tests run inside workerd by test/worker.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/worker/**', 'test/e2e/**', 'test/**/*.long.test.ts'],
    // All of these are against what hangs, not against a busy machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 120_000 } },
    // Every core: by itself vitest leaves one free, which on two is half.
    maxWorkers: '100%',
    // No test here changes what another sees, so modules are loaded once for each core.
    setupFiles: ['test/support/leave-no-stub.ts', 'test/support/nothing-unheard.ts'],
    isolate: false,
    // Two hundred processes are started: each compiles what the first one did not.
    env: { NODE_COMPILE_CACHE: new URL('.cache/compiled', import.meta.url).pathname },
  },
})
