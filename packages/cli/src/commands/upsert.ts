import type { Contact, ContactInput, ContactsWith, RefKey } from '@anycontact/core'
import { ContactInputSchema, diffContact, keyForm, REF_KEYS } from '@anycontact/core/adapter-kit'
import { Option } from '@commander-js/extra-typings'
import * as v from 'valibot'
import { command, providerOption } from '../command.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { writing } from '../input/doubt.ts'
import { checkFields, FIELD_OPTIONS, readFields, readSetting, readUnset } from '../input/fields.ts'
import { checkKey, refOf, SCAN_OPTION } from '../input/who.ts'
import { changesOf } from '../output/changes.ts'
import { isJson, outcomeJsonOption } from '../output/format.ts'
import { type Outcome, printOutcome } from '../output/outcome.ts'
import { warnOn } from '../output/warnings.ts'
import { Session } from '../session.ts'

/** `anycontact upsert`: a contact that is created or changed. */
export function upsertCommand(host: Host) {
  return command({
    name: 'upsert',
    summary: 'Changes the contact that has a key, or creates it where there is none.',
    examples: [
      {
        line: "anycontact upsert --by externalId --set externalId=user-42 --set name='Ana Souza'",
        what: 'As often as you like, and one contact:',
      },
    ],
  })
    .addOption(providerOption())
    .addOption(
      new Option('--by <key>', 'the field that tells whether it is there')
        .choices(REF_KEYS)
        .makeOptionMandatory(),
    )
    .option(...SCAN_OPTION)
    .option(...FIELD_OPTIONS.set, readSetting)
    .option(...FIELD_OPTIONS.unset, readUnset)
    .option(...FIELD_OPTIONS.input)
    .option('--dry-run', 'only show what would become of it')
    .addOption(outcomeJsonOption())
    .action(async (options) => {
      const { by } = options
      const opened = await new Session(host, options).openWith(options.provider, 'upsert')
      const { name, contacts } = opened
      checkKey(opened, 'upsert', by, options.scan)
      const { fields } = contacts.capabilities.upsert
      const input = await readFields(options, host, by === 'id')
      checkFields(name, fields, input)
      if (typeof input[by] !== 'string') {
        throw new UsageError(`--by ${by} needs the field ${by}: add --set ${by}=….`)
      }
      const { signal } = host
      const onWarning = warnOn(host)
      const result: Outcome = options.dryRun
        ? await planned(opened, input, by, signal)
        : await writing(signal, LOOK, () =>
            contacts.upsert(input, { by, scan: true, outcome: 'exact', signal, onWarning }),
          )
      await printOutcome(result, host, isJson(options, host.stdout))
    })
}

const LOOK =
  'It may have been written: run this again, which makes no second contact, or look with `anycontact get`.'

/** What an upsert would do. */
async function planned(
  { name, contacts }: { readonly name: string; readonly contacts: ContactsWith<'upsert'> },
  input: ContactInput,
  by: RefKey,
  signal: AbortSignal,
): Promise<Outcome> {
  if (!contacts.supports('find'))
    throw new UsageError(`The provider ${name} cannot find contacts, so that a dry run tells nothing.`)
  const before: Contact | undefined = await contacts.find(refOf({ key: by, value: input[by] ?? '' }), {
    scan: true,
    signal,
  })
  const write = v.parse(ContactInputSchema, input)
  if (!before) return { outcome: 'created', isDryRun: true, changes: changesOf(undefined, write) }
  const isSame = (key: RefKey, one: string, other: string): boolean =>
    keyForm(key, one) === keyForm(key, other)
  const change = diffContact(before, write, isSame)
  return change
    ? { outcome: 'updated', isDryRun: true, changes: changesOf(before, change) }
    : { outcome: 'unchanged', isDryRun: true, contact: before }
}
