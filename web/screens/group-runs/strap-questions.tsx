// Questions about straps, on every screen: a tap gave another strap than the intended one, or several straps have one
// name and nobody has said which runner wears which.
import { useSignal } from '@preact/signals'
import type { GroupRunController } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { WhichStrap } from './which-strap.tsx'

export function StrapQuestions({ controller }: { controller: GroupRunController }) {
  /** Of whom is asked now, by participation. */
  const askedOf = useSignal<string | null>(null)
  const other = controller.wearing.other.value
  const questions = controller.wearing.questions.value
  const [first] = questions
  const asked = questions.find(({ participant }) => participant.stored.id === askedOf.value)
  return (
    <>
      {other !== null && (
        <div class="banner" role="alert">
          <span>
            {t(other.wearer === null ? 'strap.otherChosen' : 'strap.otherWorn', {
              meant: other.meant,
              chosen: other.chosen,
              wearer: other.wearer ?? '',
            })}
          </span>
          <button type="button" onClick={() => (controller.wearing.other.value = null)}>
            {t('live.seen')}
          </button>
        </div>
      )}
      {first !== undefined && (
        <button type="button" class="banner" onClick={() => (askedOf.value = first.participant.stored.id)}>
          {t(first.strap.identity === 'unsure' ? 'strap.which.ask' : 'strap.which.check', {
            runner: first.participant.stored.alias,
            name: first.strap.name,
          })}
          {questions.length > 1 && ` ${t('strap.tapMore', { count: questions.length - 1 })}`}
        </button>
      )}
      {asked !== undefined && (
        <Sheet
          key={asked.participant.stored.id}
          title={t('strap.which.title', { runner: asked.participant.stored.alias })}
          close={() => (askedOf.value = null)}
        >
          <WhichStrap
            controller={controller}
            participant={asked.participant}
            strap={asked.strap}
            done={() => (askedOf.value = null)}
          />
        </Sheet>
      )}
    </>
  )
}
