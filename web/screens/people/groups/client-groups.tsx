// The groups of one client, as tick boxes.
import { useState } from 'preact/hooks'
import { changeClientGroups, type Group } from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { Form } from '../../../ui/form.tsx'
import { formTicks } from '../../../ui/form-text.ts'
import { Ticks } from '../../../ui/ticks.tsx'

export function ClientGroups({
  clientId,
  groups,
  changed,
}: {
  clientId: string
  groups: readonly Group[]
  changed: () => void
}) {
  const [saved, setSaved] = useState(false)
  const choices = groups.map(({ id, name }) => ({ value: id, label: name }))
  const ticked = groups.filter(({ clientIds }) => clientIds.includes(clientId)).map(({ id }) => id)
  return (
    <Form
      label={t('groups.saveClient')}
      main={false}
      textOf={(code) => (code === 'INVALID_REQUEST' ? t('groups.atLeastOne') : null)}
      submit={async (form) => {
        setSaved(false)
        await changeClientGroups(
          clientId,
          formTicks(
            form,
            'group',
            choices.map(({ value }) => value),
          ),
        )
        setSaved(true)
        changed()
      }}
    >
      <Ticks legend={t('nav.groups')} name="group" choices={choices} ticked={ticked} />
      <p role="status">{saved && t('groups.saved')}</p>
    </Form>
  )
}
