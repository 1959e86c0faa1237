// One printed page: its subject, its body, the standing text, who printed it and when. Parts of the screen around it
// are not printed.
import type { ComponentChildren } from 'preact'
import { exportUrl } from '../../../api/api.ts'
import type { Me } from '../../../api/people.ts'
import { csvDialect, formatMoment, t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'
import './report.css'

interface FileLink {
  readonly href: string
  readonly text: string
}

/** A run as the files that go beside its page. */
export const filesOf = (runId: string): FileLink[] =>
  (['fhir', 'csv'] as const).map((format) => ({
    href: exportUrl(runId, format, csvDialect()),
    text: t(`report.${format}`),
  }))

export function ReportFrame({
  title,
  firstName,
  me,
  back,
  links = [],
  children,
}: {
  title: string
  firstName: string
  me: Me
  back: string
  /** Files that go beside it. */
  links?: readonly FileLink[]
  children: ComponentChildren
}) {
  return (
    <>
      <p class="actions screen-only">
        <Link to={back}>← {t('app.back')}</Link>
        <button type="button" class="main" onClick={() => print()}>
          {t('report.print')}
        </button>
        {links.map(({ href, text }) => (
          <a key={href} class="button" href={href} download>
            {text}
          </a>
        ))}
      </p>
      <article class="report">
        <h1>{title}</h1>
        <p class="report-of">
          {t('report.of', { name: firstName })} {t('report.printed', { date: formatMoment(Date.now()), name: me.name })}
        </p>
        {children}
        <p class="report-foot">{t('app.standing')}</p>
      </article>
    </>
  )
}
