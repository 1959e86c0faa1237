// The messages that an exported activity consists of, as data. Numbers and types are facts of the FIT profile (21).
import type { FieldKind, MessageKind } from './message-writer.ts'
import { mesg } from './profile.ts'

const timestamp: FieldKind = { field: 253, type: 'uint32' }
/** Bytes of a product's name with the null that ends it. */
const PRODUCT_NAME_SIZE = 33
/** RR intervals in one `hrv` message, as Garmin's watches write them. */
export const RR_PER_MESSAGE = 5

export const fileIdMessage: MessageKind = {
  local: 0,
  global: mesg.fileId,
  fields: [
    { field: 0, type: 'enum' }, // type
    { field: 1, type: 'uint16' }, // manufacturer
    { field: 2, type: 'uint16' }, // product
    { field: 4, type: 'uint32' }, // time_created
  ],
}

export const deviceInfoMessage: MessageKind = {
  local: 1,
  global: mesg.deviceInfo,
  fields: [
    timestamp,
    { field: 0, type: 'uint8' }, // device_index
    { field: 1, type: 'uint8' }, // device_type
    { field: 25, type: 'enum' }, // source_type
    { field: 2, type: 'uint16' }, // manufacturer
    { field: 27, type: 'string', count: PRODUCT_NAME_SIZE }, // product_name
  ],
}

export const eventMessage: MessageKind = {
  local: 2,
  global: mesg.event,
  fields: [
    timestamp,
    { field: 0, type: 'enum' }, // event
    { field: 1, type: 'enum' }, // event_type
    { field: 4, type: 'uint8' }, // event_group
  ],
}

export const hrvMessage: MessageKind = {
  local: 5,
  global: mesg.hrv,
  fields: [{ field: 0, type: 'uint16', count: RR_PER_MESSAGE }], // time
}

/** `timestamp_correlation`, for nothing but its time. */
export const timeMessage: MessageKind = { local: 9, global: mesg.timestampCorrelation, fields: [timestamp] }

export const lapMessage: MessageKind = {
  local: 6,
  global: mesg.lap,
  fields: [
    timestamp,
    { field: 254, type: 'uint16' }, // message_index
    { field: 0, type: 'enum' }, // event
    { field: 1, type: 'enum' }, // event_type
    { field: 2, type: 'uint32' }, // start_time
    { field: 7, type: 'uint32' }, // total_elapsed_time
    { field: 8, type: 'uint32' }, // total_timer_time
    { field: 9, type: 'uint32' }, // total_distance
    { field: 15, type: 'uint8' }, // avg_heart_rate
    { field: 16, type: 'uint8' }, // max_heart_rate
    { field: 24, type: 'enum' }, // lap_trigger
    { field: 25, type: 'enum' }, // sport
  ],
}

export const sessionMessage: MessageKind = {
  local: 7,
  global: mesg.session,
  fields: [
    timestamp,
    { field: 254, type: 'uint16' }, // message_index
    { field: 0, type: 'enum' }, // event
    { field: 1, type: 'enum' }, // event_type
    { field: 2, type: 'uint32' }, // start_time
    { field: 7, type: 'uint32' }, // total_elapsed_time
    { field: 8, type: 'uint32' }, // total_timer_time
    { field: 9, type: 'uint32' }, // total_distance
    { field: 16, type: 'uint8' }, // avg_heart_rate
    { field: 17, type: 'uint8' }, // max_heart_rate
    { field: 5, type: 'enum' }, // sport
    { field: 6, type: 'enum' }, // sub_sport
    { field: 25, type: 'uint16' }, // first_lap_index
    { field: 26, type: 'uint16' }, // num_laps
    { field: 28, type: 'enum' }, // trigger
  ],
}

export const activityMessage: MessageKind = {
  local: 8,
  global: mesg.activity,
  fields: [
    timestamp,
    { field: 0, type: 'uint32' }, // total_timer_time
    { field: 1, type: 'uint16' }, // num_sessions
    { field: 2, type: 'enum' }, // type
    { field: 3, type: 'enum' }, // event
    { field: 4, type: 'enum' }, // event_type
    { field: 5, type: 'uint32' }, // local_timestamp
  ],
}
