// A therapist's notes about rest days of one runner (rule G14). The result of a questionnaire is a number and a day;
// its questions are not here.
import { addRestNote, listRestNotes, removeRestNote, type RestNote } from '../../../api/self-report.ts'
import { formatDay, t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'

export function RestCard({ clientId }: { clientId: string }) {
  const [loaded, again] = useLoaded(`rest ${clientId}`, () => listRestNotes(clientId))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { items } = loaded.value
  return (
    <section class="card">
      <h2>{t('rest.title')}</h2>
      <p class="quiet">{t('rest.why')}</p>
      {items.length > 0 && (
        <ul>
          {items.map((note) => (
            <li key={note.id}>
              {restWords(note)}{' '}
              <ActButton sure={t('rest.removeSure')} work={() => removeRestNote(clientId, note.id).then(again)}>
                {t('rest.remove')}
              </ActButton>
            </li>
          ))}
        </ul>
      )}
      <p class="actions">
        <ActButton work={() => addRestNote(clientId, { kind: 'upset' }).then(again)}>{t('rest.upset')}</ActButton>
      </p>
      <details>
        <summary>{t('rest.addScore')}</summary>
        {/* Empty again once it is kept: a second press would write it down twice. */}
        <ScoreForm key={items.length} clientId={clientId} done={again} />
      </details>
    </section>
  )
}

function restWords({ kind, score, atMs, byName }: RestNote): string {
  const what = kind === 'score' ? t('rest.score', { score: score ?? 0 }) : t('rest.wasUpset')
  return `${formatDay(atMs)}: ${what}, ${t('zone.by', { name: byName ?? t('flags.somebody') })}`
}

function ScoreForm({ clientId, done }: { clientId: string; done: () => void }) {
  const today = new Date().toISOString().slice(0, 10)
  const submit = async (form: HTMLFormElement) => {
    const day = formText(form, 'day')
    const atMs = day === '' || day === today ? {} : { atMs: Date.parse(`${day}T12:00`) }
    await addRestNote(clientId, { kind: 'score', score: Number(formText(form, 'score')), ...atMs })
    done()
  }
  return (
    <Form label={t('rest.saveScore')} class="fields" submit={submit} draft={{ what: 'rest', clientId }}>
      <label>
        {t('rest.scoreField')}
        <input name="score" type="number" min={6} max={30} step={1} required inputMode="numeric" />
      </label>
      <label>
        {t('rest.day')}
        <input name="day" type="date" max={today} defaultValue={today} />
      </label>
    </Form>
  )
}
