// A new link as text and QR code, shown once.
import { CopyButton } from './copy-once.tsx'
import { QrCode } from './qr-code.tsx'

/** @param told how long it works
 *  @param alt of the QR code */
export function LinkOnce({ link, words, alt }: { link: string; words: string; alt: string }) {
  return (
    <div role="status" class="once">
      <p>{words}</p>
      <QrCode text={link} alt={alt} />
      <p>
        <code class="link">{link}</code>
      </p>
      <p class="actions">
        <CopyButton text={link} />
      </p>
    </div>
  )
}
