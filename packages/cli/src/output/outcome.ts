import type { Contact } from '@anycontact/core'
import type { Host } from '../host.ts'
import { type Change, changeText } from './changes.ts'
import { printContact, printFields } from './one-contact.ts'
import { jsonLine } from './safe-text.ts'
import { styleOf } from './style.ts'

/** What became of a contact, or would become of it. */
export interface Outcome {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'deleted'
  readonly isDryRun?: boolean | undefined
  readonly changes?: readonly Change[] | undefined
  /** The contact afterwards; of one that was deleted, as it was. */
  readonly contact?: Contact | undefined
}

/** Prints what became of a contact: in words and as its fields for people, as JSON for programs. */
export async function printOutcome(result: Outcome, host: Host, asJson: boolean): Promise<void> {
  const { outcome, isDryRun = false, changes, contact } = result
  if (asJson) {
    const { raw: _, ...fields } = contact ?? { raw: undefined }
    const line = {
      outcome,
      ...(isDryRun && { dryRun: true }),
      ...(changes && { changes }),
      ...(contact && { contact: fields }),
    }
    await host.stdout.write(jsonLine(line))
    return
  }
  await sayOutcome(result, host)
  if (changes && changes.length > 0) {
    const rows = changes.map((change) => [change.field, changeText(change)] as const)
    await host.stdout.write(printFields(rows, host))
  } else if (contact) await printContact(contact, host, { format: 'table' })
}

/** Says in a word what became of a contact. */
export async function sayOutcome({ outcome, isDryRun = false }: Outcome, host: Host): Promise<void> {
  const done = `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}.`
  const planned = outcome === 'unchanged' ? 'Nothing would change.' : `Would be ${outcome}.`
  const { green } = styleOf(host, host.stderr)
  await host.stderr.write(`${isDryRun ? planned : green(done)}\n`)
}
