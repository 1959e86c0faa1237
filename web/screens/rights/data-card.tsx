// All data of one client as one zip to download. For therapists: import such a zip.
import { useState } from 'preact/hooks'
import type { Client } from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { dataUrl, importData, type ImportedData } from '../../api/rights.ts'
import { csvDialect, t } from '../../messages/translate.ts'
import { useAction } from '../../ui/use-action.ts'

export function DataCard({ client, me, changed }: { client: Client; me: Me; changed: () => void }) {
  const isMine = client.id === me.clientId
  const name = client.firstName
  return (
    <section class="card">
      <h2>{isMine ? t('rights.mine') : t('rights.of', { name })}</h2>
      {client.actions.includes('data.export') && (
        <>
          <p>{t('rights.keepWhy')}</p>
          <p class="actions">
            <a class="button" href={dataUrl(client.id, csvDialect())} download>
              {isMine ? t('rights.keepMine') : t('rights.keep', { name })}
            </a>
          </p>
          <p class="quiet">{t('rights.keepWhile')}</p>
        </>
      )}
      {client.actions.includes('data.import') && <TakeIn client={client} changed={changed} />}
    </section>
  )
}

const importText = (code: string) => (code === 'UPLOAD_TOO_LARGE' ? t('rights.tooLarge') : null)

function TakeIn({ client, changed }: { client: Client; changed: () => void }) {
  const { busy, problem, act } = useAction(importText)
  const [imported, setImported] = useState<ImportedData | null>(null)
  const takeIn = async (zip: File) => {
    setImported(null)
    setImported(await importData(client.id, zip))
    changed()
  }
  return (
    <details>
      <summary>{t('rights.import')}</summary>
      <p>{t('rights.importWhy', { name: client.firstName })}</p>
      <p class="actions">
        <label class="button">
          {t('rights.choose')}
          <input
            class="covered"
            type="file"
            accept=".zip,application/zip"
            disabled={busy}
            onChange={({ currentTarget: input }) => {
              const zip = input.files?.[0]
              if (zip !== undefined) act(() => takeIn(zip).finally(() => (input.value = '')))
            }}
          />
        </label>
      </p>
      <p role="status">{busy ? t('rights.importing') : imported !== null && importedWords(imported)}</p>
      {problem !== null && <p role="alert">{problem}</p>}
    </details>
  )
}

const importedWords = ({ runsAdded, zonesAdded, runsAlreadyThere, runsRemovedBefore }: ImportedData): string =>
  t('rights.imported', {
    runs: runsAdded,
    zones: zonesAdded,
    there: runsAlreadyThere,
    removed: runsRemovedBefore,
  })
