import { command, providerOption } from '../command.ts'
import type { Host } from '../host.ts'
import { writing } from '../input/doubt.ts'
import { checkFields, FIELD_OPTIONS, readFields, readSetting } from '../input/fields.ts'
import { isJson, outcomeJsonOption } from '../output/format.ts'
import { printOutcome } from '../output/outcome.ts'
import { warnOn } from '../output/warnings.ts'
import { Session } from '../session.ts'

/** `anycontact create`: a new contact. */
export function createCommand(host: Host) {
  return command({
    name: 'create',
    summary: 'Creates a contact.',
    examples: [
      {
        line: "anycontact create --set name='Ana Souza' --set email=ana@example.com --set customFields.plan=pro",
        what: 'A contact of three fields:',
      },
      { line: 'anycontact create --input ana.json', what: 'One of a file, or of another provider:' },
    ],
  })
    .addOption(providerOption())
    .option(...FIELD_OPTIONS.set, readSetting)
    .option(...FIELD_OPTIONS.input)
    .addOption(outcomeJsonOption())
    .action(async (options) => {
      const { name, contacts } = await new Session(host, options).openWith(options.provider, 'create')
      const { fields } = contacts.capabilities.create
      const input = await readFields(options, host, fields.includes('id'))
      checkFields(name, fields, input)
      const { signal } = host
      const onWarning = warnOn(host)
      const contact = await writing(signal, LOOK, () => contacts.create(input, { signal, onWarning }))
      await printOutcome({ outcome: 'created', contact }, host, isJson(options, host.stdout))
    })
}

const LOOK =
  'It may have been created: look for it with `anycontact find` or `list` before you create it again.'
