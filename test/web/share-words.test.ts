import { describe, expect, it } from 'vitest'
import { shareWords } from '../../web/screens/runs/run/share-words.ts'
import { speakDutch } from '../support/dutch.ts'

describe('the calm part of a run in words', () => {
  it('is one number where nothing that was missed can change it, else with its bounds', async () => {
    await speakDutch()
    expect(shareWords({ calmShare: 0.534, calmMin: 0.531, calmMax: 0.538 })).toBe('53 %')
    expect(shareWords({ calmShare: 0.534, calmMin: 0.5, calmMax: 0.6 })).toBe('53 % (tussen 50 en 60 %)')
    expect(shareWords({ calmShare: 0.534, calmMin: 0.529, calmMax: 0.534 })).toBe('53 % (tussen 52 en 53 %)')
    expect(shareWords({ calmShare: null, calmMin: 0, calmMax: 1 })).toBeNull()
  })
})
