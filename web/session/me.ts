// The signed-in person, as the server says. The page asks first, and again after every change of sign-in or second
// factor. If the server cannot be reached, staff are the person of last time (kept-me.ts). When another person or
// nobody is signed in, in this tab or another, the old person's data disappear. The page asks the same policy as the
// server about rights; the server decides.
import { effect, signal } from '@preact/signals'
import { allowInClinic, allowOnClient, isStaffRole, relations, type ClinicAction } from '../../src/domain/access.ts'
import { findMe, findMeQuietly, type Me } from '../api/people.ts'
import { isSilence, type AnswerMeaning } from '../api/answer-meanings.ts'
import { codeOf, meaningOf, onRefusal, requestIdOf } from '../api/request.ts'
import { thisOutbox } from '../outbox/instances.ts'
import { openDrafts } from '../drafts/these-drafts.ts'
import { here } from './here.ts'
import { findKeptMe, forgetMe, forgetOthers, keepMe } from './kept-me.ts'
import { forgetWhy, startAnew, whyBefore, type WhyNobody } from './start-anew.ts'
import { onTabMessage, tellTabs, type TabMessage } from './tabs.ts'

export type Who =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly code: string; readonly requestId: string | null }
  /** Why somebody who was here sees the sign-in; null where they need no word about it. */
  | { readonly state: 'nobody'; readonly why: WhyNobody | null }
  | {
      readonly state: 'there'
      readonly me: Me
      readonly mustSecure: boolean
      /** Why the server could not be asked; this browser kept who was signed in. Null where it was. */
      readonly away: AnswerMeaning | null
    }

export const who = signal<Who>({ state: 'asking' })

onRefusal((code) => {
  if (code === 'SIGNED_OUT') void beSignedOut()
  if (code === 'SECOND_FACTOR_REQUIRED' && who.value.state === 'there') who.value = { ...who.value, mustSecure: true }
})

/** Of whom this page has shown something. */
let shownPersonId: string | null = null

/** A run that is being recorded in this tab goes on, with whom and what this browser knows: nobody signs in with gloves on. What
 *  it recorded waits on the disk until somebody does (`signInAgain`). */
async function beSignedOut(): Promise<void> {
  const records = await recordsHere()
  const kept = records ? await findKeptMe(Date.now()) : null
  const wasShown = shownPersonId !== null
  shownPersonId = kept?.personId ?? null
  if (kept !== null) who.value = there(kept, 'signed_out')
  else if (who.value.state !== 'nobody') who.value = { state: 'nobody', why: wasShown ? whyNow() : whyBefore }
  if (wasShown) tellTabs({ what: 'over' })
  await forgetMe()
  if (wasShown && !records) await startAnew(whyNow(), null)
}

async function isRecorder(): Promise<boolean> {
  // Before that it does not know whether another tab records.
  await thisOutbox.ready
  return thisOutbox.state.value.problem !== 'other_tab' && (await thisOutbox.isRecording())
}

const whyNow = (): WhyNobody | null => (hasLeft ? null : 'over')

/** A disk that takes longer does not answer … product choice. */
const PATIENCE_MS = 2000

/** Whether a run is recorded by this very tab. A disk that does not answer is no reason to take it away from whoever guides it. */
async function recordsHere(): Promise<boolean> {
  const late = new Promise<true>((resolve) => setTimeout(() => resolve(true), PATIENCE_MS))
  return Promise.race([isRecorder().catch(() => true), late])
}

export function signInAgain(): void {
  who.value = { state: 'nobody', why: null }
}

/** Ask the server who is here. While it does not say, it is asked again now and then; that is shown. */
export async function loadMe(): Promise<void> {
  clearTimeout(retry)
  try {
    await show(await findMe())
  } catch (error) {
    const meaning = meaningOf(error)
    // The rest of being signed out is done where every refusal is heard.
    if (meaning === 'signed_out') return
    const kept = isSilence(meaning) ? await findKeptMe(Date.now()) : null
    shownPersonId = kept?.personId ?? shownPersonId
    who.value =
      kept === null ? { state: 'failed', code: codeOf(error), requestId: requestIdOf(error) } : there(kept, meaning)
    retry = setTimeout(retryNow, RETRY_MS)
  }
}

async function show(me: Me): Promise<void> {
  // Before anything is shown to them.
  await forgetOthers(me)
  void keepMe(isStaff(me) ? me : null, Date.now())
  tellTabs({ what: 'here', personId: me.personId })
  if (shownPersonId !== null && shownPersonId !== me.personId && !(await recordsHere())) {
    clearShown()
    return startAnew(null, '/')
  }
  shownPersonId = me.personId
  forgetWhy()
  void openDrafts(me.personId)
  who.value = there(me, null)
}

/** Nothing of anybody is shown until `loadMe` has asked. */
export function clearShown(): void {
  who.value = { state: 'asking' }
}

let hasLeft = false

/** Somebody signs out here: should Back bring this page, they know why nobody is here. */
export function tellLeft(): void {
  hasLeft = true
  tellTabs({ what: 'left' })
}

onTabMessage((message) => void hearTab(message))

async function hearTab(message: TabMessage): Promise<void> {
  const here = who.value
  if (message.what === 'left') {
    if (shownPersonId === null) return
    who.value = { state: 'nobody', why: 'left' }
    return startAnew('left', '/')
  }
  if (message.what === 'here' && here.state === 'there' && here.away === null && here.me.personId === message.personId)
    return
  if (message.what === 'over' && shownPersonId === null) return
  if (!(await recordsHere())) clearShown()
  await loadMe()
}

/** product choice */
const WATCH_MS = 60_000
setInterval(() => void watch(), WATCH_MS)

/** Whether it is still whoever it was: a session also ends by itself, or from another device. */
async function watch(): Promise<void> {
  const here = who.value
  if (here.state !== 'there' || here.away !== null) return
  try {
    const me = await findMeQuietly()
    if (me.personId !== here.me.personId) await show(me)
  } catch {
    // That it ended is done where every refusal is heard; anything else says nothing about it.
  }
}

/** product choice */
const RETRY_MS = 30_000
let retry: ReturnType<typeof setTimeout> | undefined

/** Nobody looks, or there is no network: then the next look or the network asks. */
function retryNow(): void {
  if (document.hidden || !navigator.onLine) return
  const here = who.value
  const isSilent = here.state === 'there' && here.away !== null && here.away !== 'signed_out'
  if (here.state === 'failed' || isSilent) void loadMe()
}
addEventListener('online', retryNow)
document.addEventListener('visibilitychange', () => {
  retryNow()
  if (!document.hidden) void watch()
})

const there = (me: Me, away: AnswerMeaning | null): Who => ({
  state: 'there',
  me,
  mustSecure: me.graceUntilMs !== null && me.graceUntilMs < Date.now(),
  away,
})

effect(() => {
  const now = who.value
  if (now.state !== 'there') return void (here.value = null)
  const { personId, name, roles } = now.me
  here.value = { personId, name, mayRecord: allowOnClient(roles, relations, 'run.record') !== null }
})

export const may = (me: Me, action: ClinicAction): boolean => allowInClinic(me.roles, action) !== null
/** Whether somebody needs a second factor. */
export const isStaff = (person: Pick<Me, 'roles'>): boolean => person.roles.some(isStaffRole)

/** Whether a password alone is no reason to say no: who has a second factor showed it in this session. */
export const hasShownFactor = (me: Me): boolean => me.strong || !(me.hasTotp || me.passkeys > 0)

/** Whole minutes that staff may still go on without a second factor; null where that does not matter. */
export function graceMinutes(me: Me, nowMs: number): number | null {
  return me.graceUntilMs === null ? null : Math.max(0, Math.ceil((me.graceUntilMs - nowMs) / 60_000))
}
