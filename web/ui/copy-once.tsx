// A text that is shown once: to read, to copy, and to print if the caller asks for that.
import { useState } from 'preact/hooks'
import { t } from '../messages/translate.ts'

export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {t('once.copy')}
      </button>
      <span role="status">{copied === null ? '' : t(copied ? 'once.copied' : 'once.notCopied')}</span>
    </>
  )
}

export function PrintButton() {
  return (
    <button type="button" onClick={() => print()}>
      {t('once.print')}
    </button>
  )
}
