import { describe, expect, it } from 'vitest'
import { scanXml } from '../../../src/formats/xml/scan-xml.ts'
import { growthOf } from '../../support/growth.ts'

const names = { root: 'gpx', point: 'trkpt' }
const scan = (text: string) => scanXml(text, names)
/** The skeleton, the points and what was wrong. */
function tell(text: string): unknown {
  const found = scan(text)
  if (!found.ok) return found.why
  const { skeleton, pointEnds, warning } = found
  const points = Array.from({ length: pointEnds.length / 2 }, (_, i) =>
    text.slice(pointEnds[2 * i], pointEnds[2 * i + 1]),
  )
  return [skeleton, points, warning]
}

describe('scanXml', () => {
  it('takes points out and leaves one mark for those that follow each other', () => {
    const text = '<gpx><trkseg> <trkpt a="1"/> <trkpt><time>x</time></trkpt></trkseg><trkseg><trkpt/></trkseg></gpx>'
    const skeleton =
      '<gpx><trkseg> <calmpace-points run="0"/></trkseg><trkseg><calmpace-points run="1"/></trkseg></gpx>'
    expect(tell(text)).toEqual([skeleton, ['<trkpt a="1"/>', '<trkpt><time>x</time></trkpt>', '<trkpt/>'], null])
  })

  it('closes what a cut left open and drops the point that was not complete', () => {
    const skeleton = '<gpx><x:trkseg><calmpace-points run="0"/></x:trkseg></gpx>'
    for (const cut of ['', '<trkpt', '<trkpt><time>x</ti', '<trkpt><!-- ', '</x:trks'])
      expect(tell(`<gpx><x:trkseg><trkpt/>${cut}`)).toEqual([skeleton, ['<trkpt/>'], 'TRUNCATED'])
  })

  it.each(['</wrong>', '<1/>', '<a <b/>', '<trkpt></trkseg>', '<?later?>', '<![x]]>'])('stops at %s', (fault) => {
    const found = scan(`<gpx><trkseg><trkpt/>${fault}<trkpt/></trkseg></gpx>`)
    expect(found.ok && [found.warning, found.pointEnds.length]).toEqual(['DAMAGED', 2])
  })

  it('leaves what stands behind the document out', () => {
    for (const rest of ['<gpx/>', 'text', '\0\0\0', '<?later?>'])
      expect(scan(`<gpx></gpx>${rest}`)).toMatchObject({ ok: true, warning: 'TRAILING_BYTES' })
    expect(scan('<gpx></gpx>\n<!-- made by hand -->\n')).toMatchObject({ ok: true, warning: null })
  })

  it.each([
    '<!DOCTYPE gpx><gpx/>',
    '<!doctype gpx [<!ENTITY a "b">]><gpx/>',
    '<!-- a --><!DOCTYPE gpx SYSTEM "http://example.org/x.dtd"><gpx/>',
    '<gpx><!DOCTYPE gpx></gpx>',
    '<gpx><!ENTITY a "b"></gpx>',
    '<gpx><![INCLUDE[<!ENTITY a "b">]]></gpx>',
    '<gpx><calmpace-points run="0"/></gpx>',
    '<gpx><__proto__/></gpx>',
    `<gpx>${'<a>'.repeat(40)}`,
  ])('refuses %s', (text) => {
    expect(scan(text)).toEqual({ ok: false, why: 'refused' })
  })

  it('lets no document type through that comments and instructions would hide from the parser', () => {
    expect(tell('<?a " ?><!-- " ?> <!DOCTYPE gpx [<!ENTITY a "b">]> --><gpx/>')).toEqual(['<gpx/>', [], null])
    expect(scan('<?a ?><!DOCTYPE gpx><gpx/>')).toEqual({ ok: false, why: 'refused' })
  })

  it('keeps memory bounded: giant tags, giant points and endless other elements are no watch file', () => {
    expect(scan(`<gpx ${'a '.repeat(20_000)}/>`)).toMatchObject({ ok: false })
    const giant = `<gpx><trkpt/><trkpt>${'<a/>'.repeat(20_000)}</trkpt></gpx>`
    expect(scan(giant)).toMatchObject({ warning: 'DAMAGED', pointEnds: [5, 13] })
    expect(scan(`<gpx>${'<wpt/>'.repeat(1_000_000)}</gpx>`)).toEqual({ ok: false, why: 'refused' })
  })

  it('is linear in the length of hostile texts', () => {
    const texts = ['<', '<a b="', '<!--', '<a>', '</a>', "<trkpt a='\"' ", ']]>', '<gpx><gpx ']
    for (const text of texts) {
      const scanned = (times: number) => () => void scan(`<gpx>${text.repeat(times)}`)
      // By the square it would be sixteen times as much.
      expect(growthOf(scanned(12_500), 16, scanned(200_000)), text).toBeLessThan(4)
    }
  })
})
