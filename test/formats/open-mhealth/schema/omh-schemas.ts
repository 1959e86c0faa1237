// What Open mHealth's published schemas ask for, each under its published file name: every constraint, none of the prose.
// Source: https://github.com/openmhealth/schemas, folder schema/omh (Apache-2.0, Open mHealth), heart-rate-2.0 of commit
// a2ea087, header-1.2 of commit 78b6771; the others are those that their `1.x` references lead to.

const oneOf = (...words: readonly string[]) => ({ type: 'string', enum: words })
const ref = (file: string) => ({ $ref: file })
const object = (required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required,
  properties,
})

export const omhSchemas: Readonly<Record<string, object>> = {
  'data-point-1.0.json': object(['header', 'body'], { header: ref('header-1.2.json'), body: { type: 'object' } }),
  'header-1.2.json': object(['id', 'creation_date_time', 'schema_id'], {
    id: { type: 'string' },
    creation_date_time: ref('date-time-1.0.json'),
    schema_id: ref('schema-id-1.1.json'),
    acquisition_provenance: object(['source_name'], {
      source_name: { type: 'string' },
      source_data_point_id: { type: 'string' },
      source_creation_date_time: ref('date-time-1.0.json'),
      source_last_modification_date_time: ref('date-time-1.0.json'),
      modality: oneOf('sensed', 'self-reported'),
    }),
    user_id: { type: 'string' },
  }),
  'schema-id-1.1.json': object(['namespace', 'name', 'version'], {
    namespace: { type: 'string' },
    name: { type: 'string' },
    version: { type: 'string' },
    url: { type: 'string', format: 'uri' },
  }),
  'heart-rate-2.0.json': object(['heart_rate', 'effective_time_frame'], {
    heart_rate: { allOf: [ref('unit-value-1.0.json'), { properties: { unit: { enum: ['beats/min'] } } }] },
    effective_time_frame: ref('time-frame-1.0.json'),
    descriptive_statistic: ref('descriptive-statistic-1.1.json'),
    temporal_relationship_to_physical_activity: ref('temporal-relationship-to-physical-activity-1.0.json'),
    temporal_relationship_to_sleep: ref('temporal-relationship-to-sleep-1.0.json'),
  }),
  'unit-value-1.0.json': object(['value', 'unit'], { value: { type: 'number' }, unit: { type: 'string' } }),
  'date-time-1.0.json': { type: 'string', format: 'date-time' },
  'time-frame-1.0.json': {
    type: 'object',
    oneOf: [
      { required: ['date_time'], properties: { date_time: ref('date-time-1.0.json') } },
      { required: ['time_interval'], properties: { time_interval: ref('time-interval-1.0.json') } },
    ],
  },
  'time-interval-1.0.json': {
    type: 'object',
    oneOf: [
      intervalOf({ start_date_time: ref('date-time-1.0.json'), duration: ref('duration-unit-value-1.0.json') }),
      intervalOf({ end_date_time: ref('date-time-1.0.json'), duration: ref('duration-unit-value-1.0.json') }),
      intervalOf({ start_date_time: ref('date-time-1.0.json'), end_date_time: ref('date-time-1.0.json') }),
      intervalOf({
        date: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
        part_of_day: oneOf('morning', 'afternoon', 'evening', 'night'),
      }),
    ],
  },
  'duration-unit-value-1.0.json': {
    type: 'object',
    allOf: [
      ref('unit-value-1.0.json'),
      { properties: { unit: { enum: ['ps', 'ns', 'us', 'ms', 'sec', 'min', 'h', 'd', 'wk', 'Mo', 'yr'] } } },
    ],
  },
  'descriptive-statistic-1.1.json': oneOf(
    'average',
    'maximum',
    'minimum',
    'standard deviation',
    'variance',
    'sum',
    'median',
    'count',
    'quartile deviation',
    '80th percentile',
    'lower quartile',
    'upper quartile',
    '1st quintile',
    '2nd quintile',
    '3rd quintile',
    '4th quintile',
  ),
  'temporal-relationship-to-physical-activity-1.0.json': oneOf(
    'at rest',
    'active',
    'before exercise',
    'after exercise',
    'during exercise',
  ),
  'temporal-relationship-to-sleep-1.0.json': oneOf('before sleeping', 'during sleep', 'on waking'),
}

function intervalOf(properties: Readonly<Record<string, object>>) {
  return { required: Object.keys(properties), properties }
}
