import { beforeAll, describe, expect, it, vi } from 'vitest'
import { speakDutch } from '../../support/dutch.ts'

describe('how old a number is', () => {
  beforeAll(async () => {
    vi.stubGlobal('localStorage', { getItem: () => 'nl' })
    await speakDutch()
    return () => vi.unstubAllGlobals()
  })

  it('says its unit once: seconds, or minutes and seconds', async () => {
    const { ageWords } = await import('../../../web/screens/group-runs/age-words.ts')
    expect([ageWords(6), ageWords(99), ageWords(100), ageWords(436)]).toEqual([
      '6 s oud',
      '99 s oud',
      '1:40 oud',
      '7:16 oud',
    ])
  })
})
