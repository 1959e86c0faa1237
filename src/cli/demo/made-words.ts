// What made people write to each other, in their own language. Data only. No diagnosis, no medicine, nothing that a real person wrote.
import type { Language } from '../../domain/languages.ts'
import type { DemoLimit } from './made-clients.ts'

/** Why a limit or a plan is as it is, for the client to read. */
export const reasons: Readonly<Record<Language, Readonly<Record<DemoLimit['from'] | 'plan', string>>>> = {
  nl: {
    'talk test': 'samen gedaan, buiten',
    therapist: 'zo kun je blijven praten',
    age: 'een eerste schatting',
    plan: 'samen afgesproken',
  },
  en: {
    'talk test': 'done together, outdoors',
    therapist: 'so that you can keep talking',
    age: 'a first estimate',
    plan: 'agreed together',
  },
}

/** What helped, told after a run. */
export const whatHelped: Readonly<Record<Language, readonly string[]>> = {
  nl: ['samen lopen met iemand', 'op tijd gaan wandelen', 'door mijn neus ademen', 'rustiger beginnen'],
  en: ['talking while we ran', 'starting slower', 'counting my steps', 'the quiet path by the trees'],
}

/** Questions of clients, about their newest run or in general; some wait for an answer. */
export const questions: readonly {
  readonly from: string
  readonly text: string
  readonly isAboutRun: boolean
  readonly answer: string | null
}[] = [
  {
    from: 'Anna',
    text: 'Ik was moe en heb meer gewandeld dan gelopen. Is dat goed?',
    isAboutRun: false,
    answer: 'Ja. Wandelen telt ook. Kijk elke keer wat je die dag past.',
  },
  {
    from: 'Maeve',
    text: 'My watch shows this run an hour later than the phone. Which one is right?',
    isAboutRun: true,
    answer: null,
  },
  {
    from: 'Imre',
    text: 'Mag ik mijn ronde van zondag ook op maandag lopen?',
    isAboutRun: false,
    answer: null,
  },
]

/** What Thea shares with a client by herself, about their newest run; `{day}` is the day of the group run that is still to come. */
export const sharedNotes: readonly { readonly with: string; readonly text: string }[] = [
  { with: 'Bram', text: 'Mooi opgebouwd. Volgende week praten we over hoe lang je wilt lopen.' },
  { with: 'Dina', text: 'Fijn dat je er weer bent. We beginnen kort.' },
  { with: 'Gijs', text: 'Je band hoorde je hart niet goed. {day} neem ik een nieuwe voor je mee.' },
]

/** How a flag that is done with was talked over. */
export const resolvedNote = 'Samen teruggekeken naar het einde van de ronde. Wandelt voortaan de laatste vijf minuten.'
export const begunNote = 'Bel ik na de groep van dinsdag over.'
