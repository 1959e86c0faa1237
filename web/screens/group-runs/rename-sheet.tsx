// Changes a runner's name in this run: two runners with the same name, or a name that nobody uses outdoors.
import { t } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'
import { Form } from '../../ui/form.tsx'
import { Sheet } from '../../ui/sheet.tsx'

interface Props {
  readonly alias: string
  readonly save: (alias: string) => void
  readonly close: () => void
}

export function RenameSheet({ alias, save, close }: Props) {
  return (
    <Sheet title={t('group.renameTo', { name: alias })} close={close}>
      <Form
        label={t('group.renameSave')}
        submit={async (form) => {
          save(formText(form, 'alias'))
          close()
        }}
      >
        <label>
          {t('group.guestName')}
          <input name="alias" required maxLength={20} autocomplete="off" defaultValue={alias} />
        </label>
        <p class="quiet">{t('group.renameWhat')}</p>
      </Form>
    </Sheet>
  )
}
