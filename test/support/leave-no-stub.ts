// Runs beside each test file: files share one global scope, so what one puts in the place of a global goes with it.
import { afterAll, vi } from 'vitest'

afterAll(() => void vi.unstubAllGlobals())
