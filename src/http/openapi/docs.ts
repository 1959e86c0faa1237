// The API documentation for a browser: a plain page made from the OpenAPI document. It loads nothing from other sites.

interface Answer {
  readonly $ref?: string
  readonly description?: string
}
interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly 'x-action'?: string
  readonly 'x-roles'?: readonly string[]
  readonly responses?: Readonly<Record<string, Answer>>
}
interface Document {
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: {
    readonly schemas?: Readonly<Record<string, unknown>>
    readonly responses?: Readonly<Record<string, Answer>>
  }
}

/** @param document an OpenAPI 3.1 document */
export function renderDocs(document: Document): string {
  const described = ({ $ref, description = '' }: Answer): string =>
    $ref === undefined
      ? description
      : (document.components?.responses?.[$ref.split('/').at(-1) ?? '']?.description ?? '')
  const sections = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { operationId = '', summary = '', tags = [], responses = {} } = operation
      const answers = Object.entries(responses).map(
        ([status, answer]) => `<li><code>${escape(status)}</code> ${escape(described(answer))}</li>`,
      )
      const html = `<section id="${escape(operationId)}"><h3><code>${escape(method.toUpperCase())} ${escape(path)}</code></h3><p>${escape(summary)} (<code>${escape(operationId)}</code>)</p><p>${whoMay(operation)}</p><ul>${answers.join('')}</ul></section>`
      return { tag: tags[0], html }
    }),
  )
  const routes = (document.tags ?? []).map(({ name, description = '' }) => {
    const own = sections.filter(({ tag }) => tag === name).map(({ html }) => html)
    return `<h2>${escape(name)}</h2><p>${escape(description)}</p>${own.join('\n')}`
  })
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details><summary><code>${escape(name)}</code></summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>calmpace API</title><main><h1>calmpace API</h1>
<p>The whole description: <a href="/api/openapi.json">/api/openapi.json</a>. Errors are <code>application/problem+json</code> with a stable <code>code</code>.
Under each route stand the action that it asks for and the roles that some rule lets do it; which client, the rule says.</p>
${routes.join('\n')}<h2>Shapes</h2>${schemas.join('\n')}</main></html>`
}

function whoMay({ 'x-action': action = '', 'x-roles': roles = [] }: Operation): string {
  const who = action === 'public' ? 'anybody, signed in or not' : roles.join(', ')
  return `<code>${escape(action)}</code>: ${escape(who)}`
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
