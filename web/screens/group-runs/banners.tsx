// Urgent messages during a run: the disk, another tab, missed beats, straps that need a touch or have a low battery,
// Bluetooth that is off, a screen that may switch off.
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { clock } from '../../charts/chart-data.ts'
import { listLowBatteries } from '../../group-run/batteries.ts'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'
import { ClockBanner } from './clock-banner.tsx'
import { StrapQuestions } from './strap-questions.tsx'

/** What a disk that is full, nearly full, away or cleared means for this run. */
function DiskBanners({ controller }: { controller: GroupRunController }) {
  const { problem, low, inMemory, lost } = controller.outbox.state.value
  return (
    <>
      {problem !== null && (
        <div class="banner">
          <span role="alert">{t(`disk.problem.${problem}`)}</span>{' '}
          {inMemory > 0 && <span>{t('disk.inMemory', { count: inMemory })}</span>}
        </div>
      )}
      {problem === null && low && (
        <p class="banner" role="alert">
          {t('disk.low')}
        </p>
      )}
      {lost > 0 && (
        <p class="banner" role="alert">
          {t('disk.lost', { count: lost })}
        </p>
      )}
    </>
  )
}

export function Banners({ controller, run = null }: { controller: GroupRunController; run?: GroupRun | null }) {
  const taps = useSignal(0)
  const missed = run?.watch.missed.value ?? null
  const damaged = run?.runners.damaged.value ?? 0
  const waiting =
    run === null
      ? []
      : controller.straps.list.value.filter(({ id, needsTap }) => needsTap && run.runners.wearerOf(id) !== null)
  const next = waiting[taps.value % Math.max(1, waiting.length)]
  return (
    <>
      <DiskBanners controller={controller} />
      <ClockBanner />
      {damaged > 0 && (
        <p class="banner" role="alert">
          {t('disk.damaged', { count: damaged })}
        </p>
      )}
      {controller.straps.otherTab.value && (
        <p class="banner" role="alert">
          {t('strap.otherTab')}
        </p>
      )}
      {run !== null && !run.run.value.practice && controller.straps.radio.value === 'off' && (
        <p class="banner" role="alert">
          {t('group.radio.off')}
        </p>
      )}
      {run !== null && missed !== null && (
        <div class="banner" role="alert">
          <span>
            {t('live.missed', {
              names: missed.runners
                .map(({ alias, sinceMs }) =>
                  t('live.missedOf', { name: alias, time: clock(Math.round((missed.untilMs - sinceMs) / 1000)) }),
                )
                .join(', '),
            })}
          </span>
          <button type="button" onClick={() => (run.watch.missed.value = null)}>
            {t('live.seen')}
          </button>
        </div>
      )}
      {run !== null && run.runners.lost.value > 0 && (
        <div class="banner" role="alert">
          <span>{t('disk.lostRunners', { count: run.runners.lost.value })}</span>
          <button type="button" onClick={() => run.runners.sawLost()}>
            {t('live.seen')}
          </button>
        </div>
      )}
      {run !== null && <StrapQuestions controller={controller} />}
      {next !== undefined && (
        <button
          type="button"
          class="banner"
          onClick={() => {
            // The one that does not come back must not keep the others waiting.
            taps.value++
            void controller.wearing.tap(next.id)
          }}
        >
          {t('strap.tap', { name: run?.runners.wearerOf(next.id)?.stored.alias ?? next.name })}
          {waiting.length > 1 && ` ${t('strap.tapMore', { count: waiting.length - 1 })}`}
        </button>
      )}
      {run !== null && <Batteries controller={controller} run={run} />}
      <ScreenMaySleep controller={controller} />
    </>
  )
}

function Batteries({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  const aliasOf = (strapId: string) => {
    const wearer = run.runners.wearerOf(strapId)
    return wearer?.live.runner.phase === 'running' ? wearer.stored.alias : null
  }
  // Who runs changes without a new object.
  void run.tiles.value
  const low = listLowBatteries(controller.straps.list.value, aliasOf, controller.seenBatteries.value)
  if (low.length === 0) return null
  const isEmpty = low.some((one) => one.isEmpty)
  const list = low.map(({ alias, percent }) => t('live.batteryOf', { name: alias, percent })).join(', ')
  return (
    <Seen
      isLoud={isEmpty}
      seen={() =>
        (controller.seenBatteries.value = new Set([...controller.seenBatteries.value, ...low.map(({ key }) => key)]))
      }
    >
      {t(isEmpty ? 'live.batteryEmpty' : 'live.battery', { list })}
    </Seen>
  )
}

function ScreenMaySleep({ controller }: { controller: GroupRunController }) {
  const isSeen = useSignal(false)
  if (!controller.isGoing.value || controller.isAwake.value !== false || isSeen.value) return null
  return <Seen seen={() => (isSeen.value = true)}>{t('live.screenMaySleep')}</Seen>
}

/** A line that goes once it was seen. */
function Seen({ isLoud = false, seen, children }: { isLoud?: boolean; seen: () => void; children: ComponentChildren }) {
  return (
    <div class={`banner ${isLoud ? 'loud' : ''}`} role="alert">
      <span>{children}</span>
      <button type="button" onClick={seen}>
        {t('live.known')}
      </button>
    </div>
  )
}
