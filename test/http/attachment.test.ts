import { parse } from 'content-disposition'
import { describe, expect, it } from 'vitest'
import { toFileName, toMemberName } from '../../src/formats/archive/member-path.ts'
import { attachment } from '../../src/http/attachment.ts'

describe('attachment', () => {
  it('says a plain name, and beside it the name in its own letters', () => {
    expect(attachment('ronde été.fit')).toBe(
      `attachment; filename="ronde_ete.fit"; filename*=UTF-8''ronde%20%C3%A9t%C3%A9.fit`,
    )
    expect(attachment('run.fit')).toBe(`attachment; filename="run.fit"; filename*=UTF-8''run.fit`)
  })

  it.each([
    '"; filename=evil.exe',
    'a\r\nSet-Cookie: b=c',
    "it's 100%.fit",
    '../../x',
    '\ud800',
    '',
    'CON.fit',
    'ru\u202etif.exe',
  ])('lets nothing of %j leave its place', (name) => {
    const header = attachment(name)
    expect(header).toMatch(/^attachment; filename="?[\w.-]+"?; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/)
    const plain = parse(header, { extended: false }).parameters
    expect(Object.keys(plain)).toEqual(['filename', 'filename*'])
    expect(plain['filename']).toBe(toMemberName(name))
    // Who reads the extended value takes it for the name.
    expect(parse(header).parameters['filename']).toBe(toFileName(name))
  })
})
