// What calmpace keeps of a client as one page that a person reads: `index.html` in their zip. It needs no script and no network. What
// stands in `calmpace.json` alone it names at the end.
import type { Language } from '../../../domain/languages.ts'
import { isUndated } from '../../../domain/dating.ts'
import type { ClientArchive } from '../client-archive.ts'
import { element, escapeHtml, terms } from './html.ts'
import { runArticle, selfReportLine, type DrawnRun } from './run-article.ts'
import { pageStyle } from './style.ts'
import { pageWords, type PageWords } from './words.ts'
import { list, paragraph, Written } from './written.ts'

export const PAGE_PATH = 'index.html'

export interface PageFacts {
  readonly language: Language
  /** IANA zone of the clinic: of what was told, and of runs whose recording says none. */
  readonly timeZone: string
  /** What is in the zip of each run. */
  readonly drawn: ReadonlyMap<string, DrawnRun>
  /** Folders and files at the top of the zip. */
  readonly members: ReadonlySet<string>
}

export function writePage(archive: ClientArchive, facts: PageFacts): string {
  const words = pageWords[facts.language]
  const page = new PageWriter(archive, facts, words)
  const sections = page.sections()
  const title = words.title(archive.client.firstName)
  const nav = sections
    .map(({ id, heading }) => element('li', element('a', escapeHtml(heading), `href="#${id}"`)))
    .join('')
  const body = sections
    .map(({ id, heading, inner }) => element('section', element('h2', escapeHtml(heading), `id="${id}"`) + inner))
    .join('\n')
  return `<!doctype html>
<html lang="${facts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
${element('h1', escapeHtml(title))}
${paragraph(page.span())}
${paragraph(`${words.madeOn(page.madeOn())} ${words.intro}`)}
${element('nav', element('ul', nav), `aria-label="${escapeHtml(words.contents)}"`)}
</header>
<main>
${body}
</main>
<footer>${escapeHtml(words.foot)}</footer>
</body>
</html>
`
}

interface Section {
  readonly id: string
  readonly heading: string
  readonly inner: string
}

class PageWriter {
  readonly #archive: ClientArchive
  readonly #facts: PageFacts
  readonly #words: PageWords
  readonly #written: Written

  constructor(archive: ClientArchive, facts: PageFacts, words: PageWords) {
    this.#archive = archive
    this.#facts = facts
    this.#words = words
    this.#written = new Written(words, facts.timeZone)
  }

  sections(): Section[] {
    const { runs, limits, plans, notes, otherTold, checkIns, about, files, filesWhat } = this.#words
    const inZip = filesWhat.filter(([name]) => this.#facts.members.has(name))
    return [
      { id: 'limits', heading: limits, inner: this.#limits() },
      { id: 'plans', heading: plans, inner: this.#plans() },
      { id: 'runs', heading: runs, inner: this.#runs() },
      { id: 'told', heading: otherTold, inner: this.#otherTold() },
      { id: 'notes', heading: notes, inner: this.#notes() },
      { id: 'check-ins', heading: checkIns, inner: this.#checkIns() },
      { id: 'about', heading: about, inner: this.#about() },
      { id: 'files', heading: files, inner: element('div', terms(inZip), 'class="card"') },
    ].filter(({ inner }) => inner !== '')
  }

  madeOn(): string {
    return this.#written.day(this.#archive.exportedAtMs)
  }

  /** How many runs, from when to when; nothing where there are none of a known day. */
  span(): string {
    const dated = this.#shown().filter(({ dating }) => !isUndated(dating ?? null))
    const [last, first] = [dated[0], dated.at(-1)]
    if (last === undefined || first === undefined) return ''
    return this.#words.span(this.#shown().length, this.#written.dayOfRun(first), this.#written.dayOfRun(last))
  }

  /** Newest first. A run's second source is shown with it. */
  #shown() {
    const second = new Set(this.#archive.combinations.map(({ otherRunId }) => otherRunId))
    return this.#archive.runs
      .filter(({ id }) => !second.has(id))
      .toSorted((a, b) => b.recording.startedAtMs - a.recording.startedAtMs)
  }

  #runs(): string {
    const shown = this.#shown()
    if (shown.length === 0) return paragraph(this.#words.noRuns)
    const context = { ...this.#facts, archive: this.#archive, words: this.#words, written: this.#written }
    const months = Map.groupBy(shown, (run) => this.#written.month(run))
    return [...months]
      .map(([month, runs], i) => {
        const summary = element('summary', escapeHtml(`${month} (${runs.length})`))
        return element(
          'details',
          summary + runs.map((run) => runArticle(run, context)).join('\n'),
          i === 0 ? 'open' : '',
        )
      })
      .join('\n')
  }

  #otherTold(): string {
    const known = new Set(this.#archive.runs.map(({ id }) => id))
    return list(
      this.#archive.afterRuns
        .filter(({ runId }) => runId === null || !known.has(runId))
        .map((one) => `${this.#written.day(one.atMs)}\n${selfReportLine(one, this.#words, this.#written)}`),
    )
  }

  #limits(): string {
    const words = this.#words
    const items = this.#archive.zones.map(({ ceilingBpm, validFromMs, reasonForClient, withdrawn }) => {
      const end = withdrawn == null ? '' : ` (${words.withdrawn})`
      return `${words.since(this.#written.day(validFromMs))}: ${words.limit(ceilingBpm)}${end}.${this.#why(reasonForClient)}`
    })
    return items.length === 0 ? paragraph(words.noLimits) : list(items)
  }

  #plans(): string {
    const words = this.#words
    return list(
      this.#archive.plans.map(({ validFromMs, weekdays, runMin, reasonForClient }) => {
        const days = weekdays.map((weekday) => this.#written.weekday(weekday)).join(', ')
        const what = words.plan(weekdays.length, days, this.#written.number(runMin))
        return `${words.since(this.#written.day(validFromMs))}: ${what}${this.#why(reasonForClient)}`
      }),
    )
  }

  #why(reason: string | null | undefined): string {
    return reason == null || reason === '' ? '' : `\n${this.#words.why(reason)}`
  }

  #notes(): string {
    const { note } = this.#words
    return list(this.#archive.notes.map(({ kind, atMs, text }) => `${this.#written.day(atMs)}, ${note[kind]}: ${text}`))
  }

  #checkIns(): string {
    const { checkIns } = this.#archive
    const words = this.#words
    if (checkIns.length === 0) return ''
    const items = checkIns.map(({ atMs, result }) => `${this.#written.day(atMs)}: ${words.checkIn[result]}`)
    return paragraph(words.checkInsWhat) + list(items)
  }

  #about(): string {
    const { client, groups, sharing, account } = this.#archive
    const words = this.#words
    const lastSharing = sharing[0]
    const facts: (readonly [string, string])[] = [
      [words.birthYear, String(client.birthYear)],
      [words.knownSince, this.#written.day(client.createdAtMs)],
      [words.watchLevel, words.watchLevels[client.watchLevel]],
      ...namesOf(account).map((text) => [words.account, text] as const),
      ...(groups.length === 0 ? [] : [[words.groups, groups.join(', ')] as const]),
      ...(lastSharing === undefined
        ? []
        : [[words.sharing, words.shares(lastSharing.agreed, this.#written.day(lastSharing.atMs))] as const]),
    ]
    return element('div', terms(facts), 'class="card"')
  }
}

/** Name and address of an account, as far as it says them. */
function namesOf(account: unknown): string[] {
  if (typeof account !== 'object' || account === null) return []
  const all = ['name', 'email'].flatMap((key) => {
    const value: unknown = Object.entries(account).find(([name]) => name === key)?.[1]
    return typeof value === 'string' ? [value] : []
  })
  return all.length === 0 ? [] : [all.join(', ')]
}
