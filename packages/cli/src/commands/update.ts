import { ContactInputSchema, diffContact } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { command, providerOption } from '../command.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { writing } from '../input/doubt.ts'
import { checkFields, FIELD_OPTIONS, readFields, readSetting, readUnset } from '../input/fields.ts'
import { checkKey, readWho, refOf, SCAN_OPTION, WHO, WHO_HELP } from '../input/who.ts'
import { changesOf } from '../output/changes.ts'
import { isJson, outcomeJsonOption } from '../output/format.ts'
import { printOutcome } from '../output/outcome.ts'
import { warnOn } from '../output/warnings.ts'
import { Session } from '../session.ts'

/** `anycontact update`: other fields of a contact. */
export function updateCommand(host: Host) {
  return command({
    name: 'update',
    summary: 'Changes fields of a contact, and shows what they were before.',
    examples: [
      {
        line: 'anycontact update externalId=user-42 --set status=active --unset phone --dry-run',
        what: 'What would change, without changing it:',
      },
      {
        line: 'echo \'{"tags":["vip"]}\' | anycontact update email=ana@example.com --input -',
        what: 'Fields from another program:',
      },
    ],
  })
    .argument(WHO, WHO_HELP, readWho)
    .addOption(providerOption())
    .option(...SCAN_OPTION)
    .option(...FIELD_OPTIONS.set, readSetting)
    .option(...FIELD_OPTIONS.unset, readUnset)
    .option(...FIELD_OPTIONS.input)
    .option('--dry-run', 'only show what would change')
    .addOption(outcomeJsonOption())
    .action(async (who, options) => {
      const opened = await new Session(host, options).openWith(options.provider, ['update', 'get'])
      const { name, contacts } = opened
      checkKey(opened, 'get', who.key, options.scan)
      const { id, ...patch } = await readFields(options, host, false)
      if (id !== undefined) throw new UsageError('The id of a contact cannot be changed.')
      checkFields(name, contacts.capabilities.update.fields, patch)
      const { signal } = host
      const onWarning = warnOn(host)
      const asJson = isJson(options, host.stdout)
      const before = await contacts.get(refOf(who), { scan: true, signal })
      const change = diffContact(before, v.parse(ContactInputSchema, patch))
      if (change === undefined) {
        const isDryRun = options.dryRun
        await printOutcome({ outcome: 'unchanged', isDryRun, contact: before }, host, asJson)
        return
      }
      const changes = changesOf(before, change)
      if (options.dryRun) {
        await printOutcome({ outcome: 'updated', isDryRun: true, changes }, host, asJson)
        return
      }
      const contact = await writing(signal, LOOK, () => contacts.update(before, patch, { signal, onWarning }))
      await printOutcome({ outcome: 'updated', changes, contact }, host, asJson)
    })
}

const LOOK = 'It may have been changed: `anycontact get` shows what it is now.'
