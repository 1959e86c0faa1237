// What a person reads in their own zip, of archives that are made for what is hard in them.
import { describe, expect, it } from 'vitest'
import { clientArchiveSchema, type ClientArchive } from '../../../src/formats/archive/client-archive.ts'
import { writePage } from '../../../src/formats/archive/page/page.ts'
import { drawRun } from '../../../src/formats/archive/page/run-chart.ts'
import { warnedWords } from '../../../src/formats/archive/page/warned.ts'
import { pageWords } from '../../../src/formats/archive/page/words.ts'
import { badMarks, verdicts } from '../../../src/domain/assessment.ts'
import en from '../../../web/messages/en.json' with { type: 'json' }
import nl from '../../../web/messages/nl.json' with { type: 'json' }
import { scenarioRuns } from '../../support/exported-runs.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 8, 1, 8)
const messages: Readonly<Record<'nl' | 'en', Readonly<Record<string, string>>>> = { nl, en }

const zoneTime = {
  movingS: 1800,
  goodS: 1800,
  calmS: 120,
  aboveS: 1680,
  hardS: 0,
  coverage: 1,
  calmShare: 0.07,
  calmMin: 0.07,
  calmMax: 0.07,
}
type Run = ClientArchive['runs'][number]

function archiveOf(runs: readonly Partial<Run>[], more: Partial<ClientArchive> = {}, calmS = 120): ClientArchive {
  const head = {
    format: 'fit',
    elapsedS: 1800,
    localOffsetS: 7200,
    sport: 'running',
    subSport: null,
    sensor: 'chest',
    device: null,
    pauses: [],
    summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
    warnings: [],
  }
  return clientArchiveSchema.parse({
    format: 'calmpace-client',
    version: 2,
    exportedAtMs: START_MS + 30 * DAY_MS,
    client: { id: 'c', firstName: 'Jara', birthYear: 1986, watchLevel: 'standard', createdAtMs: START_MS },
    zones: [],
    files: runs.map((_, i) => ({
      id: `f${i}`,
      sha256: `${i}`.padStart(64, '0'),
      name: 'x.fit',
      sizeBytes: 1,
      createdAtMs: START_MS,
      path: `files/f${i}/x.fit`,
    })),
    runs: runs.map((run, i) => ({
      id: `r${i}`,
      fileId: `f${i}`,
      part: null,
      plannedMin: null,
      nearDuplicateOf: null,
      importedAtMs: START_MS + DAY_MS,
      columns: `columns/r${i}.bin`,
      ...run,
      recording: { ...head, startedAtMs: START_MS - i * 40 * DAY_MS, ...run.recording },
    })),
    assessments: runs.map((_, i) => ({
      id: `a${i}`,
      runId: `r${i}`,
      zoneVersionId: null,
      assessedAtMs: START_MS,
      assessment: {
        ruleVersion: '5',
        zone: { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 162 },
        verdict: 'too_hard',
        zoneTime: { ...zoneTime, calmS, aboveS: 1800 - calmS },
        qualityS: Object.fromEntries(badMarks.map((mark) => [mark, 0])),
        markedSpans: [],
        remarkedSpans: [],
        cues: [],
        flags: [],
        ruleSets: [],
        parameters: {},
      },
    })),
    combinations: [],
    account: { name: 'Jara B', email: 'jara@demo.example' },
    groups: ['Dinsdag'],
    log: [],
    ...more,
  })
}
const recording = (more: object) => ({ recording: more as Run['recording'] })
const pageOf = (archive: ClientArchive, language: 'nl' | 'en' = 'nl', members = ['index.html', 'calmpace.json']) =>
  writePage(archive, { language, timeZone: 'Europe/Amsterdam', drawn: new Map(), members: new Set(members) })
const told = (more: object) => ({
  runId: null,
  atMs: START_MS,
  rpe: null,
  mood: null,
  energy: null,
  sleepH: null,
  painNrs: null,
  mealsForRunning: false,
  whatHelped: null,
  ...more,
})

describe('the page in a zip', () => {
  it('begins with how many runs from when to when, the limit before them, a part for each month, the newest open', () => {
    const page = pageOf(archiveOf([{}, {}, {}]))
    expect(page).toContain('3 rondes, van 13 juni 2026 tot 1 september 2026.')
    expect(page.indexOf('id="limits"')).toBeLessThan(page.indexOf('id="runs"'))
    expect(page.match(/<details[^>]*>/g)).toEqual(['<details open>', '<details>', '<details>'])
    expect(page).toContain('<summary>juli 2026 (1)</summary>')
  })

  it('says what is not on it, and of the zip only what is there', () => {
    const page = pageOf(archiveOf([{}]))
    expect(page).toMatch(/Dit staat alleen daar: .*aandachtspunten.*rust.*weggehaald.*wie er keek/)
    expect(page).toContain('Jara B, jara@demo.example')
    expect(page).toContain('Dinsdag')
    expect(page).toContain('1986')
    expect(page).not.toMatch(/<dt>(streams|columns|runs|files)</)
    expect(page).not.toMatch(/Alles van/)
    const empty = pageOf(archiveOf([]))
    expect(empty).toMatch(/Lees in calmpace je horloge in/)
  })

  it('tells at a combined run what was told of either, with both files', () => {
    const combined = archiveOf([{}, {}], {
      combinations: [{ runId: 'r0', otherRunId: 'r1', combinedAtMs: START_MS }],
      afterRuns: [told({ runId: 'r1', mood: 7, whatHelped: 'langs het water' })],
    })
    const page = pageOf(combined)
    expect(page.match(/<article>/g)).toHaveLength(1)
    expect(page).toContain('Stemming: 7 van 10')
    expect(page).toContain('langs het water')
    expect(page).toContain('href="files/f1/x.fit"')
  })

  it('asks of what may be one run twice, as the app does, and not of what a person answered with no', () => {
    const twin = { runId: 'r0', otherRunId: 'r1', sign: 'same_time' as const, shiftS: 0, foundAtMs: START_MS }
    const asked = pageOf(archiveOf([{}, {}], { twins: [{ ...twin, answer: null }] }))
    expect(asked.match(/Dubbel\? Misschien is dit dezelfde ronde als die van/g)).toHaveLength(2)
    const answer = { isOneRun: false, atMs: START_MS, byPersonId: null }
    expect(pageOf(archiveOf([{}, {}], { twins: [{ ...twin, answer }] }))).not.toContain('dezelfde ronde')
    expect(pageOf(archiveOf([{}, { nearDuplicateOf: 'r0' }]))).toContain('Dubbel?')
  })

  it('tells what came up when a file was read, in the words of the run itself', () => {
    expect(pageOf(archiveOf([recording({ warnings: ['TIMER_CONTRADICTED'] })]))).toContain(
      nl['warned.TIMER_CONTRADICTED'],
    )
    for (const language of ['nl', 'en'] as const)
      for (const [code, text] of Object.entries(warnedWords[language])) {
        const atRun = messages[language][`warned.${code}`] ?? ''
        if (!atRun.includes('{')) expect(text).toBe(atRun)
        expect(text).not.toMatch(/[{}]/)
      }
    const codes = Object.keys(nl).flatMap((key) =>
      key.startsWith('warned.') && key !== 'warned.tell' ? [key.slice(7)] : [],
    )
    expect(Object.keys(warnedWords.nl)).toEqual(codes)
    expect(Object.keys(warnedWords.en)).toEqual(codes)
  })

  it('says of a run of an unknown day when it came in, what the watch said, and why there is no table', () => {
    const dating = { fileStartedAtMs: Date.UTC(1990, 0, 6), saidAtMs: null }
    const page = pageOf(archiveOf([{ dating, ...recording({ warnings: ['CLOCK_IMPLAUSIBLE'] }) }]))
    expect(page).toMatch(/Dag niet bekend, binnen op 2 september 2026 om 10:00/)
    expect(page).toMatch(/Het horloge zei 6 januari 1990.*Daarom is er nog geen tabel/)
    expect(page).not.toContain(nl['warned.CLOCK_IMPLAUSIBLE'])
  })

  it('counts no failures: what was calm of what was moved, and no zeros', () => {
    const page = pageOf(archiveOf([{}]))
    expect(page).toContain('2 van de 30 minuten waren rustig.')
    expect(page).not.toContain('boven de grens')
    const none = pageOf(archiveOf([{}], {}, 0))
    expect(none).toContain('Je bewoog 30 minuten.')
    expect(none).not.toMatch(/\b0 (van|rustig)/)
  })

  it('says of a summary and of another sport what they are', () => {
    const summary = pageOf(archiveOf([{ columns: null, ...recording({ warnings: ['NO_RECORDS'] }) }]))
    expect(summary).toContain('alleen een samenvatting')
    expect(summary).not.toMatch(/Pittig|gewist/)
    expect(pageOf(archiveOf([recording({ sport: 'cycling' })]))).toMatch(/Een andere sport.*30 minuten/s)
  })

  it('draws a run once for who listens, with its unit, its limit of later, and a minute in seconds', () => {
    const words = pageWords.nl
    const drawings = new Map(
      scenarioRuns.map(([name, run]) => [name, { run, svg: drawRun(run, words, true) }] as const),
    )
    for (const { run, svg } of drawings.values()) {
      if (svg === null) continue
      expect(svg).toContain('aria-hidden="true"')
      expect(svg).not.toContain('aria-label')
      expect(svg).toContain(run.recording.elapsedS < 120 ? ' s</text>' : '>min</text>')
      if (run.assessment.zone.ceilingBpm !== null) expect(svg).toMatch(/\(van later\).*toen was er nog geen grens/s)
    }
    expect([...drawings.values()].some(({ svg }) => svg !== null)).toBe(true)
  })

  it('has the verdicts of the app, and words that are easy in both languages', () => {
    for (const language of ['nl', 'en'] as const)
      for (const verdict of verdicts)
        expect(pageWords[language].verdict[verdict]).toBe(messages[language][`verdict.${verdict}`])
    const page = pageOf(archiveOf([{}], { afterRuns: [told({ runId: 'r0', mood: 6 })] }), 'en')
    expect(page).toContain('no judgement of your health')
    expect(page).toContain('6 out of 10')
    expect(page).toContain('What calmpace keeps about Jara')
  })
})
