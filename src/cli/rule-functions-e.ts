// Section E of the rule book under the name that vectors call it by: the alarm, fed once a second. Called by `rules.ts` only.
import type { Cue } from '../domain/cue.ts'
import { acknowledge, feedHeartRate, feedNothing, snooze, startAlarm } from '../domain/monitor/alarm.ts'
import { monitorDefaults } from '../domain/parameters/monitor.ts'
import * as read from './vector-inputs.ts'
import type { RuleFunction } from './vector-inputs.ts'

export const ruleFunctionsE: Readonly<Record<string, RuleFunction>> = {
  runAlarm(inputs) {
    const extraWatch = inputs['watchLevel'] === 'extra'
    const limits = {
      ceilingBpm: read.numberOrNull(inputs['ceiling']),
      hardBpm: read.numberOrNull(inputs['hard']),
      extraWatch,
    }
    const actions = read.list(inputs['actions'] ?? []).map((item) => {
      const [atS, action] = read.list(item)
      return { atS: read.number(atS), action: read.oneOf(action, ['ack', 'snooze']) }
    })
    const alarm = startAlarm(0)
    const cues: Cue[] = []
    const emit = (cue: Cue) => cues.push(cue)
    for (const segment of read.list(inputs['segments']).map(read.list)) {
      const bpm = read.numberOrNull(segment[2])
      for (let atS = read.number(segment[0]); atS < read.number(segment[1]); atS++) {
        if (bpm === null) feedNothing(alarm, atS, monitorDefaults, emit)
        else feedHeartRate(alarm, limits, atS, bpm, monitorDefaults, emit)
        for (const { action } of actions.filter((item) => item.atS === atS))
          if (action === 'ack') acknowledge(alarm, atS, monitorDefaults, emit)
          else snooze(alarm, limits, atS, monitorDefaults, emit)
      }
    }
    return cues
  },
}
