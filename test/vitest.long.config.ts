// Tests that take long: the whole corpus twice, every cell of the access table, attacks on real hashes. Part of `npm test`.
import { defineConfig } from 'vitest/config'
import fast from './vitest.config.ts'

export default defineConfig({
  ...fast,
  test: {
    ...fast.test,
    include: ['test/**/*.long.test.ts'],
    exclude: ['test/worker/**', 'test/e2e/**'],
    isolate: true,
    // Not all of them hear yet what is said of what they have go wrong.
    setupFiles: ['test/support/leave-no-stub.ts'],
    // A world of everybody signs in two dozen people by real hashes.
    testTimeout: 480_000,
    hookTimeout: 480_000,
  },
})
