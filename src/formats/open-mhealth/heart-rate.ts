// A run's heart rates as Open mHealth data points. One point for each believed reading: a body without a descriptive
// statistic is one measurement, which is what receivers of intraday heart rates expect; a mean would hide the holes.
import { atMs, type ExportedRun } from '../export/exported-run.ts'
import { toLocalTime } from '../export/local-time.ts'
import { prepareRun } from '../export/second-rows.ts'

/** Open mHealth `heart-rate` 2.0 under a data-point header of 1.2; its own names. */
export interface HeartRateDataPoint {
  readonly header: {
    readonly id: string
    readonly creation_date_time: string
    readonly schema_id: { readonly namespace: 'omh'; readonly name: 'heart-rate'; readonly version: '2.0' }
    readonly acquisition_provenance: {
      readonly source_name: string
      readonly source_creation_date_time: string
      readonly modality: 'sensed'
    }
    readonly user_id: string
  }
  readonly body: {
    readonly heart_rate: { readonly value: number; readonly unit: 'beats/min' }
    readonly effective_time_frame: { readonly date_time: string }
    readonly temporal_relationship_to_physical_activity: 'during exercise'
  }
}

const schemaId = { namespace: 'omh', name: 'heart-rate', version: '2.0' } as const

/** Data points in the order of the run; what was marked or absent is absent here. The same run gives the same ids, so that
 *  a receiver that gets it twice holds it once. The client is a pseudonym.
 *  @source https://github.com/openmhealth/schemas: heart-rate-2.0, header-1.2 */
export function* heartRateDataPoints(run: ExportedRun): Generator<HeartRateDataPoint> {
  const { timesS, goodBpm } = prepareRun(run)
  const created = toLocalTime(run.importedAtMs, run.utcOffsetS)
  for (let i = 0; i < goodBpm.length; i++) {
    if (Number.isNaN(goodBpm[i])) continue
    const dateTime = toLocalTime(atMs(run, timesS[i]), run.utcOffsetS)
    yield {
      header: {
        id: `${run.runId}.heart-rate.${timesS[i]}`,
        creation_date_time: created,
        schema_id: schemaId,
        acquisition_provenance: {
          source_name: 'calmpace',
          source_creation_date_time: dateTime,
          modality: 'sensed',
        },
        user_id: run.clientId,
      },
      body: {
        heart_rate: { value: goodBpm[i], unit: 'beats/min' },
        effective_time_frame: { date_time: dateTime },
        temporal_relationship_to_physical_activity: 'during exercise',
      },
    }
  }
}

/** The same as the text of one JSON array, piece by piece: a day of readings is large. */
export function* heartRateJson(run: ExportedRun): Generator<string> {
  let before = '['
  for (const point of heartRateDataPoints(run)) {
    yield before + JSON.stringify(point)
    before = ',\n'
  }
  yield before === '[' ? '[]\n' : ']\n'
}
