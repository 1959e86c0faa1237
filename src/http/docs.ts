// The API to read in a browser: a plain page made from the OpenAPI document, with nothing loaded from elsewhere.

interface Operation {
  readonly 'x-action'?: string
  readonly 'x-roles'?: readonly string[]
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>
}
interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

/** @param document an OpenAPI 3.1 document */
export function renderDocs(document: Document): string {
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const answers = Object.entries(operation.responses ?? {}).map(
        ([status, { description = '' }]) => `<li><code>${escape(status)}</code> ${escape(description)}</li>`,
      )
      return `<section><h2><code>${escape(method.toUpperCase())} ${escape(path)}</code></h2><p>${whoMay(operation)}</p><ul>${answers.join('')}</ul></section>`
    }),
  )
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
