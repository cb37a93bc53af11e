import type { ContactsWarning } from '@anycontact/core'
import type { Host } from '../host.ts'
import { safeText } from './safe-text.ts'
import { styleOf } from './style.ts'

/** Says on standard error what a provider has made otherwise of what was written. */
export function warnOn(host: Host): (warning: ContactsWarning) => void {
  const { stderr } = host
  const title = styleOf(host, stderr).yellow('Note:')
  return ({ message }) => void stderr.write(`${title} ${safeText(message)}\n`)
}
