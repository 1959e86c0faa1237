import { describe, expect, it } from 'vitest'
import { historyScenarios } from '../../fixtures/scenarios/histories.ts'
import { makeHistory } from '../../fixtures/scenarios/history-scenario.ts'
import { runScenarios } from '../../fixtures/scenarios/runs.ts'
import { makeRecording, usualZone } from '../../fixtures/scenarios/run-scenario.ts'
import { assess } from '../../src/domain/assess.ts'
import { findPatternFlags } from '../../src/domain/patterns/pattern-flags.ts'

describe('scenarios: runs', () => {
  it.each(runScenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const found = assess(makeRecording(scenario), scenario.zone ?? usualZone, scenario.context)
    expect({
      verdict: found.verdict,
      cues: found.cues.map(([, kind]) => kind),
      flags: found.flags.map(({ kind, level }) => [kind, level]),
    }).toEqual({ verdict: scenario.verdict, cues: scenario.cues, flags: scenario.flags })
  })

  it('calm ones raise no cue and no flag', () => {
    const calm = runScenarios.filter(({ name }) => name.includes('calm') && !name.includes('lost'))
    expect(calm.length).toBeGreaterThan(7)
    for (const scenario of calm) expect([scenario.name, scenario.cues, scenario.flags]).toEqual([scenario.name, [], []])
  })
})

describe('scenarios: histories', () => {
  it.each(historyScenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const atMs = Date.parse(scenario.asOf)
    const flags = findPatternFlags(makeHistory(scenario), atMs, scenario.ruleSets ?? [])
    expect(flags.map(({ kind, level }) => [kind, level])).toEqual(scenario.flags)
  })
})

it('there are at least forty scenarios, each with its own name and reason', () => {
  const all = [...runScenarios, ...historyScenarios]
  expect(all.length).toBeGreaterThanOrEqual(40)
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  for (const { why } of all) expect(why.length).toBeGreaterThan(15)
})
