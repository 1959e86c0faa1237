// What came of the files: a line each where they are few, else counts with the reasons, and the names behind them.
import type { UploadResult } from '../../../api/api.ts'
import { t, tCode } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'
import { VerdictBadge } from '../../../ui/verdict-badge.tsx'

const FEW = 20
/** Names shown behind a count; more are no help to anybody. */
const MOST_NAMES = 200

interface Told {
  readonly results: readonly UploadResult[]
}

export function Results({ results }: Told) {
  if (results.length === 0) return null
  return (
    <>
      <h3>{t('upload.results')}</h3>
      {results.length <= FEW ? <Lines results={results} /> : <Groups results={results} />}
    </>
  )
}

function Lines({ results }: Told) {
  return (
    <ul class="results">
      {results.map((result, i) => (
        <li key={`${i} ${result.file}`}>
          <ResultLine result={result} />
        </li>
      ))}
    </ul>
  )
}

function Groups({ results }: Told) {
  const groups = new Map<string, UploadResult[]>()
  for (const result of results) {
    const words = result.result === 'not_usable' ? reasonOf(result) : wordsOf(result)
    const group = groups.get(words)
    if (group === undefined) groups.set(words, [result])
    else group.push(result)
  }
  return (
    <ul class="results">
      {[...groups].map(([words, group]) => (
        <li key={words}>
          <details>
            <summary>{t('upload.group', { count: group.length, words })}</summary>
            <Lines results={group.slice(0, MOST_NAMES)} />
            {group.length > MOST_NAMES && <p>{t('upload.andMore', { count: group.length - MOST_NAMES })}</p>}
          </details>
        </li>
      ))}
    </ul>
  )
}

const reasonOf = ({ code, message }: UploadResult): string =>
  `${t('upload.not_usable')}. ${tCode('file', code ?? '', message ?? '')}`

const wordsOf = ({ result }: UploadResult): string => t(`upload.${result}`)

function ResultLine({ result }: { result: UploadResult }) {
  const name = result.part === null ? result.file : `${result.file} (${result.part})`
  if (result.runId === null)
    return (
      <>
        <strong>{name}</strong>: {reasonOf(result)}
      </>
    )
  return (
    <>
      <Link to={`/runs/${result.runId}`}>{name}</Link>: {wordsOf(result)}{' '}
      {result.verdict !== null && <VerdictBadge verdict={result.verdict} />}{' '}
      {result.asksDate && <Link to={`/runs/${result.runId}`}>{t('date.title')}</Link>}
    </>
  )
}
