// The live screen: one big tile for each runner, the most urgent first, and above them who must be told now. Everything on
// it is as of this moment; nothing scrolls with up to twelve runners on a phone.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { isBare } from '../../frame/bare.ts'
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { soundingTile, type Tile } from '../../group-run/tile.ts'
import { t } from '../../messages/translate.ts'
import { Announcer } from './announcer.tsx'
import { Banners } from './banners.tsx'
import { EverybodySheet } from './everybody-sheet.tsx'
import { LiveTile } from './live-tile.tsx'
import { PlanClock } from './plan-clock.tsx'
import { RunnerSheet } from './runner-sheet.tsx'

export function LiveScreen({ desk, run, toPeople }: { desk: Desk; run: GroupRun; toPeople: () => void }) {
  const open = useSignal<string | null>(null)
  const tiles = run.tiles.value
  useEffect(() => {
    isBare.value = true
    return () => (isBare.value = false)
  }, [])
  const opened = tiles.find(({ id }) => id === open.value)
  const urgent = soundingTile(tiles) ?? tiles.find(({ state }) => isUrgent(state)) ?? null
  return (
    <div class="live">
      <div class="live-head">
        <h1 class="for-reader">{t('live.title', { name: run.run.value.name })}</h1>
        <PlanClock run={run} />
        {run.run.value.practice && <span class="practice">{t('group.practiceShort')}</span>}
        <button type="button" onClick={() => (open.value = 'everybody')}>
          {t('live.everybody')}
        </button>
      </div>
      <Banners desk={desk} run={run} />
      {urgent !== null && <UrgentBar run={run} tile={urgent} />}
      <ul class={`tiles of-${Math.min(tiles.length, 12)}`} aria-label={t('live.runners')}>
        {tiles.map((tile) => (
          <LiveTile key={tile.id} desk={desk} run={run} tile={tile} open={() => (open.value = tile.id)} />
        ))}
      </ul>
      <Announcer run={run} />
      {open.value === 'everybody' && (
        <EverybodySheet desk={desk} run={run} toPeople={toPeople} close={() => (open.value = null)} />
      )}
      {opened !== undefined && <RunnerSheet desk={desk} run={run} tile={opened} close={() => (open.value = null)} />}
    </div>
  )
}

const isUrgent = (state: Tile['state']): boolean => state === 'hard' || state === 'not_easing' || state === 'over'

/** Who must be told now, with the two buttons that a hand in a glove needs. */
function UrgentBar({ run, tile }: { run: GroupRun; tile: Tile }) {
  const isTold = tile.toldAtS !== null
  return (
    <div class={`urgent state-${tile.state}`}>
      <strong>{tile.alias}</strong> <span>{t(`tile.do.${tile.state}`)}</span>
      <div class="actions">
        {isUrgent(tile.state) && (
          <button type="button" aria-pressed={isTold} onClick={() => run.handle(tile.id, 'told')}>
            {t(isTold ? 'live.wasTold' : 'live.told')}
            <span class="for-reader"> {tile.alias}</span>
          </button>
        )}
        {tile.mutedLeftS === null && tile.sound !== null && (
          <button type="button" onClick={() => run.handle(tile.id, 'acknowledge')}>
            {t('live.mute')}
            <span class="for-reader"> {tile.alias}</span>
          </button>
        )}
      </div>
    </div>
  )
}
