import { describe, expect, it } from 'vitest'
import { guidedWords } from '../../web/screens/runs/run/guided-words.ts'

type Words = Parameters<typeof guidedWords>[0]
const assessment = { zone: { ceilingBpm: 132, hardBpm: 162 } } as unknown as Words['assessment']
const guided = (differs: NonNullable<Words['guided']>['differs'], watchLevel: 'standard' | 'extra' = 'standard') => ({
  assessment,
  guided: { ceilingBpm: 105, hardBpm: null, watchLevel, parameters: {}, ruleVersion: '4', limitsAsOfMs: null, differs },
})

describe('guidedWords', () => {
  it('says nothing where nobody was guided, or by the same', () => {
    expect(guidedWords({ assessment, guided: null })).toEqual([])
    expect(guidedWords(guided([]))).toEqual([])
  })

  it('says each limit of then beside the one here, and what else was otherwise', () => {
    expect(guidedWords(guided(['ceiling', 'hard', 'watch_level', 'parameters'], 'extra'))).toEqual([
      { key: 'run.guided.ceiling', limits: { was: 105, here: 132 } },
      { key: 'run.guided.hard', limits: { was: null, here: 162 } },
      { key: 'run.guided.extra', limits: null },
      { key: 'run.guided.parameters', limits: null },
    ])
    expect(guidedWords(guided(['watch_level']))[0]?.key).toBe('run.guided.standard')
  })
})
