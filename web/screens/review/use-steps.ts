// Takes steps on one flag: what is being written, what failed, and what another person did meanwhile. Typed text is
// kept until the server has it.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import {
  needsOf,
  stepFlag,
  stepProblems,
  type ResolveReason,
  type ReviewAct,
  type StepProblem,
} from '../../../src/domain/review/flag-state.ts'
import { ApiError, codeOf } from '../../api/request.ts'
import { takeStep, type ShownFlag } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { failureWords } from '../../ui/waiting.tsx'

export interface Draft {
  readonly reason: ResolveReason | null
  readonly note: string
  readonly toPersonId: string | null
}
const empty: Draft = { reason: null, note: '', toPersonId: null }

export interface FlagSteps {
  /** As it stands by the newest answer; null before the first. */
  readonly flag: ShownFlag | null
  /** The step whose form is open. */
  readonly act: ReviewAct | null
  readonly draft: Draft
  readonly busy: boolean
  /** A sentence for the reader: what failed, or what was kept. */
  readonly problem: ComponentChildren
  readonly announced: string | null
  /** Open the form of a step, or take one that needs nothing; null closes the form. */
  readonly choose: (act: ReviewAct | null) => void
  readonly write: (draft: Partial<Draft>) => void
  readonly send: () => void
}

const problemKeys = {
  NOT_FROM_HERE: 'flags.notFromHere',
  REASON_REQUIRED: 'flags.reasonNeeded',
  NOTE_REQUIRED: 'flags.noteNeeded',
  COLLEAGUE_REQUIRED: 'flags.colleagueNeeded',
  COLLEAGUE_CANNOT_OPEN: 'flags.colleagueCannot',
} as const satisfies Readonly<Record<StepProblem, string>>

/** @param loaded the flag as the server told it last
 *  @param again  ask for it anew */
export function useSteps(flagId: string, loaded: ShownFlag | null, stepped: () => void, again: () => void): FlagSteps {
  const [own, setOwn] = useState<ShownFlag | null>(null)
  const [act, setAct] = useState<ReviewAct | null>(null)
  const [draft, setDraft] = useState<Draft>(empty)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ComponentChildren>(null)
  const [announced, setTold] = useState<string | null>(null)
  const [conflict, setConflict] = useState(false)
  const flag = own !== null && (loaded === null || own.version > loaded.version) ? own : loaded
  useEffect(() => {
    if (flag === null || own === null || flag === own) return
    // Somebody else took a step since.
    setProblem(conflict ? othersStep(flag, 'flags.changed') : null)
    if (!conflict) setTold(othersStep(flag, 'flags.changedNow'))
    setOwn(flag)
  }, [flag])
  useEffect(() => {
    if (own === null && loaded !== null) setOwn(loaded)
  }, [loaded])
  const take = async (wanted: ReviewAct) => {
    if (flag === null || busy) return
    const step = { act: wanted, ...draft, note: draft.note.trim() === '' ? null : draft.note }
    const outcome = stepFlag(flag.state, step)
    if (!outcome.ok) return setProblem(outcome.problems.map((one) => t(problemKeys[one])).join(' '))
    setBusy(true)
    setProblem(null)
    try {
      const after = await takeStep(flagId, { ...step, seenVersion: flag.version })
      setOwn(after)
      setAct(null)
      setDraft(empty)
      setConflict(false)
      setTold(t('flags.done', { state: t(`flags.state.${after.state}`) }))
      stepped()
    } catch (error) {
      const code = codeOf(error)
      setConflict(code === 'CHANGED_MEANWHILE')
      const lacks = error instanceof ApiError ? stepProblems.filter((one) => error.errors.includes(one)) : []
      if (code === 'CHANGED_MEANWHILE') again()
      else setProblem(lacks.length > 0 ? lacks.map((one) => t(problemKeys[one])).join(' ') : failureWords(error))
      // Whom it can be handed to has changed since.
      if (lacks.includes('COLLEAGUE_CANNOT_OPEN')) again()
    } finally {
      setBusy(false)
    }
  }
  const choose = (wanted: ReviewAct | null) => {
    setProblem(null)
    setTold(null)
    if (wanted !== null && needsOf(wanted).length === 0 && wanted !== 'false_alarm') void take(wanted)
    else setAct(wanted)
  }
  return {
    flag,
    act,
    draft,
    busy,
    problem,
    announced,
    choose,
    write: (some) => setDraft({ ...draft, ...some }),
    send: () => act !== null && void take(act),
  }
}

function othersStep(flag: ShownFlag, key: 'flags.changed' | 'flags.changedNow'): string {
  const last = flag.events.findLast(({ personId }) => personId !== null)
  return t(key, { name: last?.personName ?? t('flags.somebody'), state: t(`flags.state.${flag.state}`) })
}
