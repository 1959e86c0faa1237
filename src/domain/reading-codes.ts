// The closed lists of what can go wrong when a file is read, each with one sentence for people. A problem means that
// nothing usable came out of this file; a warning means that something did, and what to keep in mind about it.

/** Why a file gives no recording. The sentence says what happened, what was
 *  kept and what to do; nothing else of the same upload is touched by it. */
export const fileProblems = {
  EMPTY: 'The file is empty, so nothing was read from it. Export the run from your app once more.',
  NOT_FIT: 'This is not a FIT file, so nothing was read from it. Export the run from your app as FIT.',
  NOT_TCX: 'This is not a TCX file; it may be a saved web page. Download the run from your app once more.',
  NOT_GPX: 'This is not a GPX file; it may be a saved web page. Download the run from your app once more.',
  XML_REFUSED:
    'This file does not look like one that a watch made. To be safe it was not read. Download the run from your app once more, as FIT if you can.',
  NOT_ACTIVITY:
    'There is no run in this file (it may hold settings, sleep, a course, a planned route or a workout). That is normal.',
  NO_DATA:
    'This file is damaged before its first reading, so nothing in it could be used. Export the run from your app once more.',
  UNKNOWN_KIND: 'Only FIT, TCX and GPX files, or zip, gzip and tar files of them, can be read. Choose one of those.',
  TOO_LARGE: 'The file is larger than 64 MB, so it was not read. Export the runs from your app one by one.',
  UNPACKED_TOO_LARGE:
    'Unpacked, this archive is larger than 512 MB. What was read before that is kept; the rest was not read. Unpack it and choose the folder.',
  TOO_MANY_FILES:
    'More than 50,000 runs came in at once. What was read before that is kept. Choose the rest by itself.',
  OUT_OF_TIME: 'There was no time left to read this. What was read before it is kept. Choose it once more to go on.',
  REMOVED_BY_CLIENT: 'The runner removed a run of this file. Only the runner can bring it in again.',
  REMOVED_MEANWHILE:
    'A run of this file was removed while this import went on. Send the file again if you want it back.',
  NESTED_TOO_DEEP:
    'There are archives in archives here, more than three deep. The deepest was not read. Unpack it and choose the folder.',
  ARCHIVE_BROKEN:
    'This archive is damaged or cut. What was whole in it was read; the rest is missing. Download it again.',
  ARCHIVE_UNREADABLE:
    'This archive is damaged or cut, and nothing was read from it. Download it again, or unpack it and choose the folder.',
  ARCHIVE_TRAILING:
    'Something else stands behind the end of this packed file. What came before it was read; the rest was not. Download it again.',
  FILE_DAMAGED: 'This file was damaged or cut on its way, so nothing was read from it. Download it again.',
  ARCHIVE_TOO_LARGE:
    'This archive inside another one is larger than 256 MB, so it was not read. Unpack the outer one and choose this one by itself.',
  PACKED_BZIP2:
    'This is packed with bzip2, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_LZMA:
    'This is packed with LZMA, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_XZ:
    'This is packed with xz, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_ZSTD:
    'This is packed with Zstandard, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_DEFLATE64:
    'This is packed with Deflate64, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_PPMD:
    'This is packed with PPMd, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_7Z:
    'This is a 7z archive, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_RAR:
    'This is a RAR archive, which calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  PACKED_OTHERWISE:
    'This is packed in a way that calmpace does not open. Unpack it first and choose the folder, or make it an ordinary zip.',
  ARCHIVE_ENCRYPTED:
    'This is locked with a password, so it was not read. Unpack it with the password first, then choose the folder.',
  TIMES_UNREADABLE:
    'The times in this file are written in a way that cannot be read, so nothing was kept. Export the run as FIT, or send the file to your therapist.',
  UNREADABLE:
    'The file could not be opened, so nothing was read from it. See if it is still there, and choose it once more.',
  TOO_HEAVY:
    'Reading this file takes more time or memory than one file is given, and nothing of it was kept. Export the runs from your app one by one, as FIT if you can.',
  NOT_TAKEN:
    'Something went wrong on our side with this file, and nothing of it was kept. Choose it again later, or send it to your therapist.',
} as const
export type FileProblem = keyof typeof fileProblems

export const isFileProblem = (code: string | null): code is FileProblem =>
  code !== null && Object.hasOwn(fileProblems, code)

/** The sentence, with what of the file is meant. */
export const problemSentence = (code: FileProblem, detail?: string): string =>
  detail === undefined ? fileProblems[code] : `${fileProblems[code]} One of them: ${detail}`

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
  DAYS_APART:
    'What this file holds lies more than a day apart, so it became several runs. Either they are, or the clock was set in between.',
  RATES_DIFFER:
    'For many seconds the file tells two heart rates, as of two sensors. Where they differ the higher one was judged.',
  TIME_GAP: 'There is a gap of more than six hours between two records.',
  TIME_BEFORE_2000: "The device's clock was not set: the date cannot be right.",
  TIME_IN_FUTURE: "The run lies in the future: the device's date or clock is wrong (day and month may be swapped).",
  CLOCK_CHANGED:
    'The clock was changed during the run (summer or winter time); its times go by the clock at the start.',
  CLOCK_HOUR_OFF: "The device's clock was an hour off from the clock here: summer time may not have been set.",
  TIME_OUTLIERS: 'Some records have a time far outside the activity and could not be placed; they were left out.',
  STRAY_POINTS: 'A few points have a time far from the run; they were left out, and the original file keeps them.',
  CLOCK_IMPLAUSIBLE: "The device's date cannot be right: when was this run?",
  CLOCK_STEPPED_BACK:
    'The clock was set back during the run; what was measured after that was put behind what came before.',
  TIMER_CONTRADICTED:
    'The device says that it was paused while it went on measuring; that time counts as part of the run.',
  MEASURED_IN_PAUSE: 'The device was paused and went on measuring; by its own word that time is no part of the run.',
  TIME_MISSING: 'Some records have no time that can be read; they were left out.',
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
