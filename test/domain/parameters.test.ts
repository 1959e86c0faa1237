import { describe, expect, it } from 'vitest'
import { runScenarios } from '../../fixtures/scenarios/runs.ts'
import { makeRecording, usualZone } from '../../fixtures/scenarios/run-scenario.ts'
import { assess } from '../../src/domain/assess.ts'
import {
  boundsOf,
  defaultParameters,
  findParameterProblems,
  listParameters,
  overrideParameters,
} from '../../src/domain/parameters/parameters.ts'
import { named } from '../support/named.ts'

describe('parameters', () => {
  it('have a default within their bounds, a unit and a source, each under one name', () => {
    const all = listParameters()
    expect(new Set(all.map(([name]) => name)).size).toBe(all.length)
    for (const [name, parameter] of all) {
      const [min, max] = boundsOf(parameter)
      expect([name, parameter.value >= min && parameter.value <= max]).toEqual([name, true])
      expect(parameter.unit.length * parameter.source.length).toBeGreaterThan(0)
      expect(findParameterProblems({ [name]: parameter.value })).toEqual([])
    }
  })

  it('are refused by name where unknown, out of bounds or not whole', () => {
    const problems = findParameterProblems({
      'monitor.overHold': 30,
      'monitor.hardHoldS': 600,
      'monitor.repeatCount': 2.5,
      'verdict.minCoverage': Number.NaN,
    })
    expect(problems.map(({ name, code }) => [name, code])).toEqual([
      ['monitor.overHold', 'UNKNOWN_PARAMETER'],
      ['monitor.hardHoldS', 'PARAMETER_RANGE'],
      ['monitor.repeatCount', 'PARAMETER_WHOLE'],
      ['verdict.minCoverage', 'PARAMETER_RANGE'],
    ])
  })

  it('change what is judged, and the assessment says so', () => {
    expect(overrideParameters({})).toBe(defaultParameters)
    const recording = makeRecording(named(runScenarios, 'not easing off'))
    const overrides = { 'monitor.overHoldS': 60 }
    const [usual, later] = [assess(recording, usualZone), assess(recording, usualZone, { parameters: overrides })]
    expect(later.cues[0][0] - usual.cues[0][0]).toBe(30)
    expect([usual.parameters, later.parameters]).toEqual([{}, overrides])
  })
})
