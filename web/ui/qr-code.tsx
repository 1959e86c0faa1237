// A QR code as one SVG path: no canvas, no style, nothing from other sites. The same text is always beside it.
import { encode } from 'uqr'

/** Quiet zone around a QR code, modules. @source ISO/IEC 18004 §5.3.8 */
const QUIET = 4

/** @param alt what it holds, for who does not see it */
export function QrCode({ text, alt }: { text: string; alt: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter((one) => one !== '')
    .join('')
  return (
    <svg class="qr" role="img" aria-label={alt} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  )
}
