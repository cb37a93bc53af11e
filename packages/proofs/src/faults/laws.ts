import { inspect } from 'node:util'
import { ContactsError } from '@anycontact/core'
import { everybody } from './kit.ts'
import { person, SEEDED } from './people.ts'
import { type CellRun, type ItemRecord, MOST_REQUESTS } from './run-cell.ts'

/** How many attempts a request has at most, the first included. A write whose answer is lost is looked up, which is a request more. */
const ATTEMPTS = 4

/** What a client must warn of where it cannot know that all is well. */
const EXCUSES: ReadonlySet<string> = new Set(['incomplete_listing', 'unconfirmed'])

/**
 * What is wrong with a cell, by the laws of the table. An empty list is what every cell must have.
 *
 * @param usual - how many requests the same calls take when all goes well
 */
export function broken(run: CellRun, usual: number): string[] {
  const { end, audit, requests, items, before, after, operation } = run
  const found = new Set<string>()
  if (end !== 'settled') found.add(`the call ${end}`)
  if (audit.doubled.length > 0) found.add(`${audit.doubled.length} writes were doubled`)
  // Everything that the table creates differs, so that what is created twice was not meant.
  if (audit.equal.length > 0) found.add(`${audit.equal.length} equal writes were sent twice at once`)
  if (requests > MOST_REQUESTS) found.add('requests without end')
  else if (requests > usual * (ATTEMPTS + 1) + ATTEMPTS) found.add(`${requests} requests instead of ${usual}`)
  if (operation.kind === 'read' || operation.kind === 'listing') {
    if (rowsText(before) !== rowsText(after)) found.add('a read changed what is stored')
  }
  for (const item of items) for (const complaint of ofItem(run, item)) found.add(complaint)
  return [...found]
}

function* ofItem(run: CellRun, { item, end, changed }: ItemRecord): Generator<string> {
  if ('value' in end) {
    const isExcused =
      run.fault?.deceives?.(run.operation, run.world.kit) === true ||
      run.warnings.some(({ code }) => EXCUSES.has(code))
    const complaint = item.complaint(end.value, [...run.after.values()], run.world)
    if (complaint !== undefined && !isExcused) yield `success, but ${complaint}`
    return
  }
  const { error } = end
  if (!ContactsError.is(error)) {
    yield `a bare ${error instanceof Error ? `${error.name}: ${error.message}` : typeof error}`
    return
  }
  if (error.applied === 'no' && changed && !item.isShared) yield 'applied: no, but what is stored has changed'
  if (error.applied === 'yes' && !changed && !item.isShared)
    yield 'applied: yes, but nothing stored has changed'
  for (const name of leaks(run, error)) yield `the error shows ${name}`
}

/** Which personal data or secrets an error shows, in whatever way it is looked at. */
function leaks({ world: { kit } }: CellRun, error: ContactsError): string[] {
  const text = `${error.message}\n${JSON.stringify(error)}\n${inspect(error, { depth: 8 })}`
  const others = Array.from({ length: SEEDED }, (_, index) => person(SEEDED + index, kit.idOf))
  const found = new Set<string>(text.includes(kit.secret) ? ['the credential'] : [])
  for (const { name, email, phone, newName, newEmail } of [...everybody(kit), ...others]) {
    if ([name, newName].some((value) => text.includes(value))) found.add('a name')
    if ([email, newEmail].some((value) => text.includes(value))) found.add('an email')
    if (text.includes(phone.slice(1))) found.add('a phone number')
  }
  return [...found]
}

function rowsText(rows: ReadonlyMap<string, string>): string {
  return [...rows.values()].join('\n')
}
