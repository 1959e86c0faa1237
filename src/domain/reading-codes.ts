// The closed lists of what can go wrong when a file is read, each with one sentence for people. A problem means that
// nothing usable came out of this file; a warning means that something did, and what to keep in mind about it.

/** Why a file gives no recording. The sentence says what happened; nothing else of the same upload is touched by it. */
export const fileProblems = {
  EMPTY: 'The file is empty.',
  NOT_FIT: 'This is not a FIT file: its bytes do not start like one.',
  NOT_TCX: 'This is not a TCX file: it does not begin as one does.',
  NOT_GPX: 'This is not a GPX file: it does not begin as one does.',
  XML_REFUSED: 'This file defines entities, or is built as no watch writes it; to be safe it was not opened.',
  NOT_ACTIVITY: 'This file holds no activity (it may hold settings, sleep, a course, a planned route or a workout).',
  NO_DATA: 'This file is damaged before its first reading; nothing in it could be used.',
  UNKNOWN_KIND: 'Only FIT, TCX and GPX files, or zip and gzip files of them, can be read.',
  TOO_LARGE: 'The file is larger than 64 MB.',
  UNPACKED_TOO_LARGE: 'Unpacked, this archive is larger than 512 MB; it was not read any further.',
  TOO_MANY_FILES: 'This archive holds more than 5,000 files; it was not read any further.',
  REMOVED_BY_CLIENT: 'The client removed a run of this file; only they can bring it in again.',
  NESTED_TOO_DEEP: 'This archive holds archives in archives more than three deep; the deepest were not opened.',
  ARCHIVE_BROKEN: 'This archive is damaged and could not be opened completely.',
  ARCHIVE_ENCRYPTED: 'This archive is locked with a password and could not be opened.',
  UNREADABLE: 'The file could not be opened.',
  NOT_TAKEN: 'Something went wrong on our side with this file; nothing of it was kept. Others are not touched by it.',
} as const
export type FileProblem = keyof typeof fileProblems

/** What to keep in mind about a recording that could be read. */
export const readingWarnings = {
  CRC_MISMATCH: 'The checksum of the file does not match its bytes: a value may be wrong.',
  HEADER_CRC_MISMATCH: "The checksum of the file's header does not match; the header was not trusted.",
  HEADER_SIZE_MISMATCH: 'The header announces another length than the file has; the bytes were followed.',
  TRUNCATED: 'The file ends in the middle. Everything before the cut was kept.',
  DAMAGED: 'A part of the file could not be read. Everything before the damage was kept.',
  TRAILING_BYTES: 'After the last readable part there are bytes that are no readings; they were left out.',
  FIELD_SIZE_MISMATCH: 'A field has a size that its type does not allow; it was left out.',
  TIME_BACKWARDS: 'Some records go back in time; they were put in order.',
  TIME_GAP: 'There is a gap of more than six hours between two records.',
  TIME_BEFORE_2000: "The device's clock was not set: the date cannot be right.",
  TIME_IN_FUTURE: "The run lies in the future: the device's date or clock is wrong (day and month may be swapped).",
  CLOCK_CHANGED:
    'The clock was changed during the run (summer or winter time); its times go by the clock at the start.',
  CLOCK_HOUR_OFF: "The device's clock was an hour off from the clock here: summer time may not have been set.",
  TIME_OUTLIERS: 'Some records have a time far outside the activity and could not be placed; they were left out.',
  STRAY_POINTS: 'A few points have a time far from the run; they were left out, and the original file keeps them.',
  CLOCK_IMPLAUSIBLE: "The device's date cannot be right: when was this run?",
  TIME_MISSING: 'Some records have no time; they were left out.',
  TIME_ZONE_MISSING: 'The times do not say in which time zone they are; they were taken for UTC.',
  VALUE_UNREADABLE: 'Some values are no numbers, or impossible ones; they were left out.',
  HR_MESSAGES_USED: 'Heart rates that the strap stored itself filled records without one.',
  HR_MESSAGES_PREFERRED:
    "The strap's own stored heart rates were taken: they agree with the device's average where the records do not.",
  HR_MESSAGES_DAMAGED: "A part of the strap's own stored heart rates could not be placed in time and was left out.",
  NO_RECORDS: 'The activity holds a summary only, no readings.',
  BATCHES_MISSING: 'A part of what the phone recorded has not arrived; there is a hole where it belongs.',
  START_MISSING: 'When this run began has not arrived; it begins with the first heart rate behind the hole.',
  STRAP_MISSING: 'Which strap was worn behind a hole has not arrived.',
  RESUME_MISSING: 'When a pause ended may not have arrived; it counts as ended where the hole ends.',
  CONTINUED_MISSING: 'That a stop was taken back has not arrived; the run goes on behind the hole.',
  NOT_STOPPED: 'Nobody stopped this run; it ends where the recording ends.',
  ENDED_BY_ITSELF:
    'Nobody stopped this run; the phone ended it when nothing had been heard for hours. It ends at the last thing heard.',
  STOP_TAKEN_BACK: 'This run was stopped and the stop was taken back; until then nobody listened, which leaves a hole.',
  NOTIFICATIONS_MALFORMED: 'The strap sent some data that could not be read; they were left out.',
  NOTIFICATIONS_LATE:
    'After a silence some data of the strap came all at once; they have no second of their own and were not judged.',
  RECORDER_ASLEEP: 'The page was hidden or the phone slept during the run; heart rates may be missing.',
  CLOCK_CORRECTED: "The phone's clock was off by more than a minute; the times were moved by the server's clock.",
  CLOCK_SET: "The phone's clock was set during the run; the times within the run go on unbroken.",
} as const
export type ReadingWarning = keyof typeof readingWarnings
