// Text into HTML, safely: whatever somebody wrote stays text.

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** An element around HTML that is safe already. */
export const element = (name: string, inner: string, attributes = ''): string =>
  `<${name}${attributes === '' ? '' : ` ${attributes}`}>${inner}</${name}>`

/** A list of labels and what stands behind them; nothing where there are none. */
export const terms = (all: readonly (readonly [label: string, value: string])[]): string =>
  all.length === 0
    ? ''
    : element(
        'dl',
        all.map(([label, value]) => element('dt', escapeHtml(label)) + element('dd', escapeHtml(value))).join(''),
      )
