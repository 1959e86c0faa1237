// Two judges of FHIR R4 that nobody here wrote: Medplum's validator with HL7's own definitions (structure, cardinality, targets of
// references, invariants, the heart-rate profile), and the zod schemas of @solarahealth/fhir-r4.
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { createRequire } from 'node:module'
import type { Bundle, Observation } from '../../src/formats/fhir/resources.ts'
import { readDefinitions } from './fhir-schema.ts'

type Profile = NonNullable<NonNullable<Parameters<typeof validateResource>[1]>['profile']>

for (const file of ['profiles-types.json', 'profiles-resources.json'])
  indexStructureDefinitionBundle(readDefinitions(file) as Parameters<typeof indexStructureDefinitionBundle>[0])

/** R4 writes vs-1 ("if effective[x] is a dateTime …") so that it says nothing of a Period, which a validator takes for no; R5
 *  writes the same words so that they hold. */
const VS_1 = '($this as dateTime).toString().length() >= 8'
const VS_1_OF_R5 = '($this is dateTime) implies $this.toString().length() >= 8'

function readHeartRateProfile(): Profile {
  const { entry } = readDefinitions('profiles-others.json') as { entry: { resource: { id: string } }[] }
  const found = entry.find(({ resource }) => resource.id === 'heartrate')
  if (found === undefined) throw new Error('no heart-rate profile')
  return JSON.parse(JSON.stringify(found.resource).replaceAll(VS_1, VS_1_OF_R5)) as Profile
}
const heartRateProfile = readHeartRateProfile()

interface ZodSchema {
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly issues: readonly unknown[] } }
}
// Its ES modules import folders, which Node does not; its CommonJS ones are whole.
const require = createRequire(import.meta.url)
const solara = require('@solarahealth/fhir-r4') as {
  createBundleSchema(): ZodSchema
  createObservationSchema(): ZodSchema
}
const schemas = { Bundle: solara.createBundleSchema(), Observation: solara.createObservationSchema() }

/** What Medplum's validator says, warnings too; empty is fine. Of references it looks at the first word of the address for the type:
 *  what has none there (a UUID, a profile as target) it cannot judge, and its warning of that is left out. */
export function medplumProblems(resource: Bundle | Observation, profile?: 'heartrate'): string[] {
  try {
    const options = profile === undefined ? {} : { profile: heartRateProfile }
    return toTexts(validateResource(resource, options))
  } catch (error) {
    const { outcome } = error as { outcome?: { issue: Issue[] } }
    if (outcome === undefined) throw error
    return toTexts(outcome.issue)
  }
}
type Issue = ReturnType<typeof validateResource>[number]
const toTexts = (issues: readonly Issue[]): string[] =>
  issues
    .filter(({ details }) => !/got "urn:uuid:|"[^"]*\/vitalsigns"$/.test(details?.text ?? ''))
    .map(({ severity, details, expression = [] }) => `${severity} ${expression.join()}: ${details?.text ?? ''}`)

/** What the zod schemas say; empty is fine. */
export function solaraProblems(resource: Bundle | Observation): string[] {
  const { success, error } = schemas[resource.resourceType].safeParse(resource)
  return success ? [] : (error?.issues ?? ['refused']).map((issue) => JSON.stringify(issue))
}
