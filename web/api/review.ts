// Requests about flags: the list, one flag with its history, steps, changes, and how often each rule was right.
import type { InferResponseType } from 'hono/client'
import { client, quietly, read } from './request.ts'

const flags = client.api.flags
const one = flags[':flagId']

export type FlagPage = InferResponseType<typeof flags.$get, 200>
export type InboxFlag = FlagPage['items'][number]
export type ShownFlag = InferResponseType<typeof one.$get, 200>
/** With the runs that it tells of. */
export type RaisedFlag = InferResponseType<
  (typeof client.api.clients)[':clientId']['flags']['$get'],
  200
>['items'][number]
export type FlagEvent = ShownFlag['events'][number]
export type FlagNews = InferResponseType<typeof flags.news.$get, 200>
export type RuleCount = InferResponseType<typeof flags.rules.$get, 200>['items'][number]
export type Upkeep = InferResponseType<typeof flags.upkeep.$get, 200>
export type FlagStep = Parameters<typeof one.steps.$post>[0]['json']

/** The filter of the list; empty shows everything. */
export interface FlagFilter {
  readonly state: string
  readonly level: string
  readonly kind: string
  readonly groupId: string
}
export const listFlags = (filter: FlagFilter, cursor: string | null) =>
  read(
    flags.$get({
      query: {
        ...Object.fromEntries(Object.entries(filter).filter(([, wanted]) => wanted !== '')),
        limit: '100',
        ...(cursor === null ? {} : { cursor }),
      },
    }),
  )
/** All flags of one client, in every state, newest first. */
export const listRaised = (clientId: string) =>
  read(client.api.clients[':clientId'].flags.$get({ param: { clientId } }))
export const findFlag = (flagId: string) => read(one.$get({ param: { flagId } }))
export const takeStep = (flagId: string, json: FlagStep) => read(one.steps.$post({ param: { flagId }, json }))
export const listRuleCounts = () => read(flags.rules.$get())
export const listUpkeep = () => read(flags.upkeep.$get())
/** Nobody at the screen asked for it. */
export const findNews = (afterSeq: number | null) =>
  read(flags.news.$get({ query: afterSeq === null ? {} : { afterSeq: String(afterSeq) } }, quietly))
