// The heart rate as vital signs: one Observation with the mean, and one for each stretch of the series. Both hold believed
// readings only: a number in somebody's record must not be one that a dry strap made.
import { summariseHeartRate } from '../../domain/heart-rate-summary.ts'
import type { ExportedRun } from '../export/exported-run.ts'
import { prepareRun, secondRows } from '../export/second-rows.ts'
import { toNumberText } from '../export/number-text.ts'
import { absent, heartRate, heartRateProfile, quantity, statistic, vitalSigns } from './codes.ts'
import { observationOf, periodOf } from './observation.ts'
import type { Observation, ObservationComponent } from './resources.ts'

const vitalSign = { meta: { profile: [heartRateProfile] }, category: [vitalSigns], code: heartRate }

/** The mean, weighted by time, with minimum and maximum as components; `dataAbsentReason` where nothing could be believed.
 *  @param from what it rests on */
export function meanHeartRate(run: ExportedRun, from: Pick<Observation, 'derivedFrom'>): Observation {
  const bpm = Float32Array.from(prepareRun(run).goodBpm)
  const heartRateColumns = { elapsedS: run.recording.heartRate.elapsedS, bpm }
  const { min, max, mean } = summariseHeartRate({ ...run.recording, heartRate: heartRateColumns }).heartRateBpm
  const component = (code: ObservationComponent['code'], value: number): ObservationComponent => ({
    code,
    valueQuantity: quantity(value, '/min'),
  })
  if (min === null || max === null || mean === null)
    return observationOf(run, 'heart-rate', { ...vitalSign, ...from, dataAbsentReason: whyNone(run) })
  const value = Math.round(mean * 10) / 10
  return observationOf(run, 'heart-rate', {
    ...vitalSign,
    ...from,
    valueQuantity: quantity(value, '/min'),
    component: [
      component(statistic.average, value),
      component(statistic.minimum, min),
      component(statistic.maximum, max),
    ],
  })
}

const whyNone = ({ recording }: ExportedRun) =>
  recording.heartRate.bpm.some((bpm) => bpm > 0) ? absent.unknown : absent.notPerformed

/** The series on a grid of seconds, `E` where there is no reading or none to believe; `L` and `U` are not used: no sensor
 *  tells its limits. A silence of over an hour ends a stretch. The values stand in a component, for the published profile
 *  allows nothing but a Quantity as the value of a heart rate.
 *  @source FHIR R4, SampledData; StructureDefinition/heartrate */
export function heartRateSeries(run: ExportedRun): Observation[] {
  return stretches(run).map(({ fromS, values }, i) =>
    observationOf(run, `heart-rate-series-${i + 1}`, {
      ...vitalSign,
      effectivePeriod: periodOf(run, fromS, fromS + values.length - 1),
      component: [
        {
          code: heartRate,
          valueSampledData: { origin: quantity(0, '/min'), period: 1000, dimensions: 1, data: values.join(' ') },
        },
      ],
    }),
  )
}

/** Stretches that hold at least one believed reading. */
function stretches(run: ExportedRun): { readonly fromS: number; readonly values: readonly string[] }[] {
  const found: { fromS: number; values: string[] }[] = []
  for (const { elapsedS, believedBpm } of secondRows(run)) {
    const last = found.at(-1)
    const value = believedBpm === null ? 'E' : toNumberText(believedBpm)
    if (last !== undefined && last.fromS + last.values.length === elapsedS) last.values.push(value)
    else found.push({ fromS: elapsedS, values: [value] })
  }
  return found.filter(({ values }) => values.some((value) => value !== 'E'))
}
