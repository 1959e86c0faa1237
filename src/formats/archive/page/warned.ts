// What came up when a run's file was read, in the words that the client reads at the run itself; a test holds the two together. The
// rest stands in `calmpace.json`.
import type { ReadingWarning } from '../../../domain/reading-codes.ts'

const nl = {
  TIMER_CONTRADICTED: 'Je horloge stond op pauze, maar mat door. Die tijd telt mee.',
  MEASURED_IN_PAUSE: 'Je horloge stond op pauze, maar mat door. Die tijd telt niet mee.',
  CLOCK_STEPPED_BACK: 'De klok van je horloge ging terug. We zetten de delen achter elkaar.',
  STRAY_POINTS: 'Sommige metingen hadden een vreemde tijd. Die tellen niet mee.',
  TIME_OUTLIERS: 'Sommige metingen hadden een vreemde tijd. Die tellen niet mee.',
  TIME_MISSING: 'Bij sommige metingen staat geen tijd. Die tellen niet mee.',
  VALUE_UNREADABLE: 'Sommige metingen waren niet te lezen. Die tellen niet mee.',
  TRUNCATED:
    'Het bestand stopt midden in je ronde. Wat ervoor zit, telt mee. Staat de hele ronde nog op je horloge? Lees die dan nog een keer in.',
  DAMAGED:
    'Een deel van het bestand is stuk. Wat ervoor zit, telt mee. Staat de ronde nog op je horloge? Lees die dan nog een keer in.',
  CRC_MISMATCH: 'Het bestand is misschien een beetje stuk. Een hartslag kan fout zijn.',
  DAYS_APART: 'In dit bestand zitten meer dagen. Elke dag is een eigen ronde.',
  RATES_DIFFER: 'Er staan twee hartslagen tegelijk in het bestand. De hoogste telt.',
  TIME_GAP: 'Er zit een gat van meer dan zes uur in deze ronde. Misschien zijn het er twee.',
  CLOCK_IMPLAUSIBLE: 'De datum van je horloge kan niet kloppen. Kijk of die goed staat.',
  TIME_BEFORE_2000: 'De datum van je horloge kan niet kloppen. Kijk of die goed staat.',
  TIME_IN_FUTURE: 'Volgens je horloge moet deze ronde nog komen. Kijk of de datum goed staat.',
  CLOCK_HOUR_OFF: 'Je horloge liep een uur anders dan de klok hier. Kijk of de tijd goed staat.',
  TIME_ZONE_MISSING: 'In het bestand staat niet in welk land je was. Het begin kan een of twee uur anders zijn.',
  HR_MESSAGES_DAMAGED: 'Een deel van wat je band bewaarde, was niet te lezen. Dat telt niet mee.',
  BATCHES_MISSING: 'Een deel van je ronde kwam niet aan. Daar zit een gat.',
  START_MISSING: 'Het begin van je ronde kwam niet aan. Dat telt niet mee.',
  RESUME_MISSING: 'Het einde van een pauze kwam misschien niet aan. De pauze lijkt dan te lang.',
  NOT_STOPPED: 'Niemand drukte op stop. De ronde lijkt misschien te lang.',
  ENDED_BY_ITSELF: 'Niemand drukte op stop. De ronde lijkt misschien te lang.',
  RECORDER_ASLEEP: 'De telefoon deed even niets. Er kan een stuk missen.',
} as const

const en = {
  TIMER_CONTRADICTED: 'Your watch was paused but went on measuring. That time counts.',
  MEASURED_IN_PAUSE: 'Your watch was paused but went on measuring. That time does not count.',
  CLOCK_STEPPED_BACK: 'The clock of your watch went back. We put the parts one behind the other.',
  STRAY_POINTS: 'Some readings had a strange time. They do not count.',
  TIME_OUTLIERS: 'Some readings had a strange time. They do not count.',
  TIME_MISSING: 'Some readings have no time. They do not count.',
  VALUE_UNREADABLE: 'Some readings could not be read. They do not count.',
  TRUNCATED:
    'The file ends in the middle of your run. What came before counts. Is the whole run still on your watch? Then read it in once more.',
  DAMAGED:
    'A part of the file is broken. What came before counts. Is the run still on your watch? Then read it in once more.',
  CRC_MISMATCH: 'The file may be slightly broken. A heart rate may be wrong.',
  DAYS_APART: 'This file holds more than one day. Each day is a run of its own.',
  RATES_DIFFER: 'The file tells two heart rates at the same time. The higher one counts.',
  TIME_GAP: 'There is a gap of more than six hours in this run. Maybe it is two.',
  CLOCK_IMPLAUSIBLE: 'The date of your watch cannot be right. Check how it is set.',
  TIME_BEFORE_2000: 'The date of your watch cannot be right. Check how it is set.',
  TIME_IN_FUTURE: 'By your watch this run is still to come. Check how its date is set.',
  CLOCK_HOUR_OFF: 'Your watch was an hour off from the clock here. Check how its time is set.',
  TIME_ZONE_MISSING: 'The file does not say in which country you were. The start may be an hour or two off.',
  HR_MESSAGES_DAMAGED: 'A part of what your strap kept could not be read. It does not count.',
  BATCHES_MISSING: 'A part of your run did not arrive. There is a gap.',
  START_MISSING: 'The beginning of your run did not arrive. It does not count.',
  RESUME_MISSING: 'The end of a break may not have arrived. The break then looks too long.',
  NOT_STOPPED: 'Nobody pressed stop. The run may look too long.',
  ENDED_BY_ITSELF: 'Nobody pressed stop. The run may look too long.',
  RECORDER_ASLEEP: 'The phone did nothing for a while. A part may be missing.',
} as const

type Warned = Readonly<Partial<Record<ReadingWarning, string>>>
export const warnedWords: { readonly nl: Warned; readonly en: Warned } = { nl, en }
