// The words of the page that a person reads in their own zip, in both languages. They stand here and not with the page's, for the
// zip is written by the server; a test holds the verdicts against those of the page.
import type { Verdict } from '../../../domain/assessment.ts'
import type { Language } from '../../../domain/languages.ts'
import type { ShownMinutes } from '../../../domain/shown-numbers.ts'
import type { WatchLevel } from '../../../domain/zone/resolve-zone.ts'

/** A label and what stands behind it. */
export type LabelledText = readonly [label: string, value: string]

export interface PageWords {
  /** How days and numbers are written. */
  readonly locale: string
  readonly title: (name: string) => string
  readonly madeOn: (day: string) => string
  readonly intro: string
  readonly contents: string
  readonly runs: string
  readonly noRuns: string
  /** From the first day to the last. */
  readonly span: (count: number, from: string, to: string) => string
  readonly undated: (cameIn: string) => string
  /** Of the device's clock, and why there is no table. */
  readonly undatedWhy: (watch: string) => string
  readonly undatedRuns: string
  readonly verdict: Readonly<Record<Verdict, string>>
  /** What was moved, and of what was judged how much was calm. */
  readonly minutes: (minutes: ShownMinutes, isJudged: boolean) => string
  readonly summaryOnly: string
  readonly noChart: string
  readonly otherSport: string
  readonly double: Readonly<Record<'asked' | 'one', (start: string) => string>>
  readonly planned: (minutes: number) => string
  readonly chart: (lowest: number, highest: number, ceilingBpm: number | null, isFromLater: boolean) => string
  readonly ceiling: (bpm: number, isFromLater: boolean) => string
  readonly samplesGone: string
  readonly minutesUnit: string
  readonly secondsUnit: string
  readonly asTable: string
  readonly original: string
  readonly secondOriginal: string
  readonly told: string
  readonly rpe: string
  readonly mood: string
  readonly energy: string
  readonly sleep: string
  readonly pain: string
  readonly meals: string
  readonly helped: string
  readonly outOfTen: (value: string) => string
  readonly hours: (value: string) => string
  readonly otherTold: string
  readonly limits: string
  readonly noLimits: string
  readonly limit: (bpm: number | null) => string
  readonly withdrawn: string
  readonly why: (reason: string) => string
  readonly plans: string
  readonly plan: (times: number, days: string, minutes: string) => string
  readonly since: (day: string) => string
  readonly notes: string
  readonly note: Readonly<Record<'question' | 'answer' | 'shared', string>>
  readonly checkIns: string
  readonly checkInsWhat: string
  readonly checkIn: Readonly<Record<'ok' | 'consult' | 'not_today', string>>
  readonly about: string
  readonly birthYear: string
  readonly knownSince: string
  readonly watchLevel: string
  readonly watchLevels: Readonly<Record<WatchLevel, string>>
  readonly account: string
  readonly groups: string
  readonly sharing: string
  readonly shares: (agreed: boolean, day: string) => string
  readonly files: string
  /** By folder or file; only what is in the zip is shown. */
  readonly filesWhat: readonly LabelledText[]
  readonly foot: string
}

const nl: PageWords = {
  locale: 'nl',
  title: (name) => `Wat calmpace over ${name} bewaart`,
  madeOn: (day) => `Gemaakt op ${day}.`,
  intro:
    'Hier lees je je rondes, je grens, je afspraken en wat je vertelde. De rest staat in calmpace.json: zie onderaan. De bladzijde werkt zonder internet. Je kunt haar ook afdrukken. De getallen zijn geen oordeel over je gezondheid.',
  contents: 'Op deze bladzijde',
  runs: 'Rondes',
  noRuns: 'Er zijn nog geen rondes. Lees in calmpace je horloge in, en bewaar de zip dan nog een keer.',
  span: (count, from, to) =>
    count === 1
      ? `Eén ronde, van ${from}.`
      : from === to
        ? `${count} rondes, van ${from}.`
        : `${count} rondes, van ${from} tot ${to}.`,
  undated: (cameIn) => `Dag niet bekend, binnen op ${cameIn}`,
  undatedWhy: (watch) =>
    `Het horloge zei ${watch}. Dat kan niet kloppen. Daarom is er nog geen tabel. Zeg in calmpace wanneer deze ronde was, en bewaar de zip dan nog een keer.`,
  undatedRuns: 'Dag niet bekend',
  verdict: {
    calm: 'Rustig',
    mostly_calm: 'Grotendeels rustig',
    too_hard: 'Pittig',
    'cannot_tell:no_zone': 'Nog geen grens',
    'cannot_tell:too_short': 'Kort rondje',
    'cannot_tell:signal': 'Meting viel weg',
  },
  minutes: ({ moving, measured, calm, unmeasured }, isJudged) => {
    const total = unmeasured > 0 && isJudged ? measured : moving
    const minutes = (n: number) => `${n} ${n === 1 ? 'minuut' : 'minuten'}`
    const main =
      isJudged && calm > 0
        ? `${calm} van de ${minutes(total)} ${calm === 1 ? 'was' : 'waren'} rustig.`
        : moving > 0
          ? `Je bewoog ${minutes(moving)}.`
          : ''
    return unmeasured > 0 ? `${main} ${minutes(unmeasured)} zonder meting.` : main
  },
  summaryOnly: 'Er staan geen metingen in het bestand, alleen een samenvatting. Daarom is er geen tekening.',
  noChart: 'Er is geen hartslag om te tekenen.',
  otherSport: 'Een andere sport. Dit telt niet als ronde.',
  double: {
    asked: (start) => `Dubbel? Misschien is dit dezelfde ronde als die van ${start}.`,
    one: (start) => `Dit is dezelfde ronde als die van ${start}. Samen tellen ze één keer.`,
  },
  planned: (minutes) => `Afgesproken: ${minutes} minuten.`,
  chart: (lowest, highest, ceilingBpm, isFromLater) =>
    `Hartslag in deze ronde: ${lowest === highest ? highest : `van ${lowest} tot ${highest}`} slagen per minuut.${ceilingBpm === null ? '' : ` De rustige grens is ${ceilingBpm}.`}${isFromLater && ceilingBpm !== null ? ' Die is van later: toen was er nog geen grens.' : ''}`,
  ceiling: (bpm, isFromLater) => `rustig tot en met ${bpm}${isFromLater ? ' (van later)' : ''}`,
  samplesGone: 'De hartslagen van deze ronde zijn gewist. Alleen de uitkomst is er nog.',
  minutesUnit: 'min',
  secondsUnit: 's',
  asTable: 'Deze ronde als tabel',
  original: 'Het oorspronkelijke bestand',
  secondOriginal: 'Het bestand van het andere apparaat',
  told: 'Wat je hierover vertelde',
  rpe: 'Inspanning',
  mood: 'Stemming',
  energy: 'Energie',
  sleep: 'Slaap',
  pain: 'Pijn',
  meals: 'Liep in plaats van te eten, of om eten goed te maken',
  helped: 'Wat hielp',
  outOfTen: (value) => `${value} van 10`,
  hours: (value) => `${value} uur`,
  otherTold: 'Wat je verder vertelde',
  limits: 'Rustige grens',
  noLimits: 'De rustige grens is nog niet bepaald.',
  limit: (bpm) => (bpm === null ? 'Geen grens' : `Rustig tot en met ${bpm} slagen per minuut`),
  withdrawn: 'later ingetrokken',
  why: (reason) => `Waarom: ${reason}`,
  plans: 'Afspraken',
  plan: (times, days, minutes) =>
    `${times === 1 ? 'Eén keer' : `${times} keer`} per week: ${days}. Telkens ${minutes} minuten.`,
  since: (day) => `Sinds ${day}`,
  notes: 'Vragen en berichten',
  note: { question: 'Vraag', answer: 'Antwoord', shared: 'Bericht' },
  checkIns: 'Check-ins',
  checkInsWhat: 'Vooraf waren er vragen. Je antwoorden zijn nergens bewaard, alleen de uitkomst.',
  checkIn: { ok: 'Lopen kan', consult: 'Eerst overleggen', not_today: 'Vandaag niet lopen' },
  about: 'Over jou',
  birthYear: 'Geboortejaar',
  knownSince: 'In calmpace sinds',
  watchLevel: 'Meekijken',
  watchLevels: { standard: 'gewoon', extra: 'extra' },
  account: 'Account',
  groups: 'Groep',
  sharing: 'Wat je vertelt',
  shares: (agreed, day) => `${agreed ? 'Je deelt het met je begeleider' : 'Je deelt het niet'}, sinds ${day}`,
  files: 'Wat zit er in deze zip?',
  filesWhat: [
    ['index.html', 'deze bladzijde'],
    [
      'calmpace.json',
      'Alles wat calmpace over je bewaart, voor een ander programma. Dit staat alleen daar: de aandachtspunten voor je begeleider, wat er over rust is opgeschreven, wat er is weggehaald, en wie er keek en wanneer.',
    ],
    ['files', 'de bestanden zoals ze binnenkwamen'],
    [
      'runs',
      'elke ronde als tabel voor een rekenblad (csv), en voor het dossier van een arts of behandelaar (fhir.json)',
    ],
    ['columns', 'de metingen, zodat calmpace ze later kan terugzetten'],
    ['streams', 'wat een telefoon stuurde van een ronde die nog niet klaar is'],
  ],
  foot: 'Met deze zip kan een andere praktijk met calmpace alles overnemen.',
}

const en: PageWords = {
  locale: 'en-GB',
  title: (name) => `What calmpace keeps about ${name}`,
  madeOn: (day) => `Made on ${day}.`,
  intro:
    'Here you read your runs, your limit, what was agreed and what you told. The rest is in calmpace.json: see the end. The page works without a network, and it can be printed. The numbers are no judgement of your health.',
  contents: 'On this page',
  runs: 'Runs',
  noRuns: 'There are no runs yet. Read in your watch in calmpace, then save the zip once more.',
  span: (count, from, to) =>
    count === 1
      ? `One run, of ${from}.`
      : from === to
        ? `${count} runs, of ${from}.`
        : `${count} runs, from ${from} to ${to}.`,
  undated: (cameIn) => `Day not known, came in on ${cameIn}`,
  undatedWhy: (watch) =>
    `The watch said ${watch}. That cannot be right, so there is no table yet. Say in calmpace when this run was, then save the zip once more.`,
  undatedRuns: 'Day not known',
  verdict: {
    calm: 'Calm',
    mostly_calm: 'Mostly calm',
    too_hard: 'Tough',
    'cannot_tell:no_zone': 'No limit yet',
    'cannot_tell:too_short': 'Short round',
    'cannot_tell:signal': 'Signal was lost',
  },
  minutes: ({ moving, measured, calm, unmeasured }, isJudged) => {
    const total = unmeasured > 0 && isJudged ? measured : moving
    const minutes = (n: number) => `${n} ${n === 1 ? 'minute' : 'minutes'}`
    const main =
      isJudged && calm > 0
        ? `${calm} of ${minutes(total)} ${calm === 1 ? 'was' : 'were'} calm.`
        : moving > 0
          ? `You moved for ${minutes(moving)}.`
          : ''
    return unmeasured > 0 ? `${main} ${minutes(unmeasured)} without a reading.` : main
  },
  summaryOnly: 'There are no readings in the file, only a summary. So there is no drawing.',
  noChart: 'There is no heart rate to draw.',
  otherSport: 'Another sport. It does not count as a run.',
  double: {
    asked: (start) => `Twice? Maybe this is the same run as that of ${start}.`,
    one: (start) => `This is the same run as that of ${start}. Together they count once.`,
  },
  planned: (minutes) => `Agreed: ${minutes} minutes.`,
  chart: (lowest, highest, ceilingBpm, isFromLater) =>
    `Heart rate in this run: ${lowest === highest ? highest : `from ${lowest} to ${highest}`} beats a minute.${ceilingBpm === null ? '' : ` The calm limit is ${ceilingBpm}.`}${isFromLater && ceilingBpm !== null ? ' It was set later: there was no limit yet.' : ''}`,
  ceiling: (bpm, isFromLater) => `calm up to ${bpm}${isFromLater ? ' (set later)' : ''}`,
  samplesGone: 'The heart rates of this run were deleted. Only what came of it is there.',
  minutesUnit: 'min',
  secondsUnit: 's',
  asTable: 'This run as a table',
  original: 'The original file',
  secondOriginal: 'The file of the other device',
  told: 'What you told about it',
  rpe: 'Effort',
  mood: 'Mood',
  energy: 'Energy',
  sleep: 'Sleep',
  pain: 'Pain',
  meals: 'Ran instead of eating, or to make up for eating',
  helped: 'What helped',
  outOfTen: (value) => `${value} out of 10`,
  hours: (value) => `${value} hours`,
  otherTold: 'What else you told',
  limits: 'Calm limit',
  noLimits: 'The calm limit has not been set yet.',
  limit: (bpm) => (bpm === null ? 'No limit' : `Calm up to ${bpm} beats a minute`),
  withdrawn: 'taken back later',
  why: (reason) => `Why: ${reason}`,
  plans: 'Agreements',
  plan: (times, days, minutes) =>
    `${times === 1 ? 'Once' : `${times} times`} a week: ${days}. ${minutes} minutes each time.`,
  since: (day) => `Since ${day}`,
  notes: 'Questions and messages',
  note: { question: 'Question', answer: 'Answer', shared: 'Message' },
  checkIns: 'Check-ins',
  checkInsWhat: 'There were questions before a run. Your answers are kept nowhere, only what came of them.',
  checkIn: { ok: 'Fit to run', consult: 'Talk first', not_today: 'No running today' },
  about: 'About you',
  birthYear: 'Year of birth',
  knownSince: 'In calmpace since',
  watchLevel: 'Watching along',
  watchLevels: { standard: 'as usual', extra: 'extra' },
  account: 'Account',
  groups: 'Group',
  sharing: 'What you tell',
  shares: (agreed, day) => `${agreed ? 'You share it with your therapist' : 'You do not share it'}, since ${day}`,
  files: 'What is in this zip?',
  filesWhat: [
    ['index.html', 'this page'],
    [
      'calmpace.json',
      'Everything that calmpace keeps about you, for another program. Only there: the points that your therapist looks at, what was written down about rest, what was removed, and who looked and when.',
    ],
    ['files', 'the files as they came in'],
    ['runs', 'each run as a table for a spreadsheet (csv), and for the record of a doctor or therapist (fhir.json)'],
    ['columns', 'the readings, so that calmpace can put them back later'],
    ['streams', 'what a phone sent of a run that is not finished yet'],
  ],
  foot: 'With this zip another practice with calmpace can take everything over.',
}

export const pageWords: Readonly<Record<Language, PageWords>> = { nl, en }
