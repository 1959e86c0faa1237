// Messages between a client and their therapist: the client asks, staff answer and share. About one run, or in general.
import { listNotes, writeNote, type Note } from '../../../api/self-report.ts'
import type { DraftOf } from '../../../drafts/draft-box.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { useMore } from '../../../ui/use-more.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { NotAtOnce } from './support-card.tsx'

export function NotesCard({
  clientId,
  runId,
  isSelf,
  mayWrite = true,
}: {
  clientId: string
  /** Only what is about this run; null shows all. */
  runId: string | null
  isSelf: boolean
  mayWrite?: boolean
}) {
  const [loaded, again] = useLoaded(`notes ${clientId} ${runId}`, () => listNotes(clientId, runId))
  const { items: all, showMore } = useMore(loaded.state === 'there' ? loaded.value : null, (cursor) =>
    listNotes(clientId, runId, cursor),
  )
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  // An answer is newer than its question, so each question that is here has all of its answers.
  const shown = all.filter((note) => note.answers === null)
  const write = (text: string, answers: string | null = null) =>
    writeNote(clientId, { text, answers, runId: answers === null ? runId : null }).then(again)
  return (
    <section class="card">
      <h2>{t(isSelf ? 'notes.title' : 'notes.titleStaff')}</h2>
      {shown.length === 0 && <p>{t('notes.none')}</p>}
      <ul class="list">
        {shown.map((note) => {
          const answers = all.filter((one) => one.answers === note.id).toReversed()
          return (
            <li key={note.id} class="line">
              <Words note={note} />
              {answers.map((answer) => (
                <Words key={answer.id} note={answer} />
              ))}
              {note.kind === 'question' && answers.length === 0 && !isSelf && mayWrite && (
                <WriteForm
                  label={t('notes.answer')}
                  field={t('notes.answerTo', { name: note.byName ?? '' })}
                  write={(text) => write(text, note.id)}
                  draft={{ what: `answer ${note.id}`, clientId }}
                />
              )}
            </li>
          )
        })}
      </ul>
      {showMore !== null && (
        <button type="button" onClick={() => void showMore()}>
          {t('app.more')}
        </button>
      )}
      {mayWrite && (
        <WriteForm
          key={loaded.value.items[0]?.id}
          label={t(isSelf ? 'notes.ask' : 'notes.share')}
          field={t(isSelf ? (runId === null ? 'notes.question' : 'notes.questionRun') : 'notes.note')}
          write={write}
          draft={{ what: `note ${runId ?? ''}`, clientId }}
          isOfClient={isSelf}
        />
      )}
    </section>
  )
}

const Words = ({ note }: { note: Note }) => (
  <p>
    <span class="quiet">
      {note.byName ?? t('flags.somebody')}, {formatMoment(note.atMs)}
    </span>
    <br />
    {note.text}
  </p>
)

function WriteForm({
  label,
  field,
  write,
  draft,
  isOfClient = false,
}: {
  label: string
  field: string
  write: (text: string) => Promise<void>
  draft: DraftOf
  /** What a client writes is not read at once, and it says so. */
  isOfClient?: boolean
}) {
  return (
    <Form label={label} main={false} submit={(form) => write(formText(form, 'text'))} draft={draft}>
      <label>
        {field}
        <textarea name="text" rows={2} maxLength={1000} required />
      </label>
      {isOfClient && <NotAtOnce />}
    </Form>
  )
}
