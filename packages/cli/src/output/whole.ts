import type { Pager } from '@anycontact/core'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import type { Host } from '../host.ts'
import { safeText } from './safe-text.ts'
import { styleOf } from './style.ts'

/**
 * Sees to it that nobody takes a listing for whole that is not, once it has been read to its end.
 *
 * @param provider - what the listing is of
 * @throws Ended
 */
export async function requireWhole(
  listing: Pick<Pager<unknown>, 'complete'>,
  { host, provider, count }: { readonly host: Host; readonly provider: string; readonly count: number },
): Promise<void> {
  if (listing.complete === true) return
  const { stderr } = host
  const title = styleOf(host, stderr).yellow('Not whole:')
  await stderr.write(
    `${title} ${counted(count, 'contact')} came, and ${safeText(provider)} may have more that its listing did not show. List again.\n`,
  )
  throw new Ended(EXIT.failed)
}

/** A number with the noun it counts: `1 row`, `2,000 rows`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
