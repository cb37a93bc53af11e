import type { FaultSpec, MadeFault } from './fault-spec.ts'
import { type ChangeRecord, type Kit, seededPerson } from './kit.ts'
import { AT_ONCE, BATCH_SIZE } from './people.ts'

/** Faults of what an answer says, where its form is right. */
export const recordFaults: readonly FaultSpec[] = [
  record('one bad record', 'bad record', (kit) => (given) => ({ ...given, [kit.idKey]: { no: 'id' } })),
  {
    ...record('null for text', 'odd record', (kit) => (given) => {
      const texts = kit.texts.filter((name) => name in given)
      return { ...given, ...Object.fromEntries(texts.map((name) => [name, null])) }
    }),
    // Whose text is gone is not found by it.
    deceives: ({ name }) => name === 'search',
  },
  {
    ...record('unknown enum', 'odd record', (kit) => (given) => ({ ...given, ...kit.oddWord })),
    // Whose address is of an unknown type has none of the type that was asked for.
    deceives: ({ name }, kit) => kit.filters.includes(name),
  },
  record('extra field', 'odd record', () => (given) => ({ ...given, invented: { lately: [1] } })),
  {
    ...record('another record’s answer', 'another record', (kit) => (given) => {
      const other = seededPerson(kit, AT_ONCE - 1, BATCH_SIZE - 1)
      return { ...given, ...kit.otherRecord(other) }
    }),
    // A listing may hold anybody: whom a filter does not fit is not there.
    deceives: ({ kind, name }, kit) =>
      kind === 'listing' || (kit.filters.includes(name) && name.startsWith('find')),
  },
  {
    name: 'a field not kept',
    group: 'field not kept',
    modes: ['always'],
    // What stands in a record that was sent by hand is not looked at.
    deceives: ({ of }) => of === 'request',
    make: ({ forgotten }) => ({ fault: { forget: forgotten } }),
  },
  {
    name: 'a duplicate across pages',
    group: 'pages',
    modes: ['always'],
    isAlone: true,
    isOfListings: true,
    make: () => pages((first, later) => ({ ...later, items: [...first.items.slice(-1), ...later.items] })),
  },
  {
    name: 'a repeating cursor',
    group: 'pages',
    modes: ['always'],
    isAlone: true,
    isOfListings: true,
    make: () => pages((first) => first),
  },
]

function record(name: string, group: string, of: (kit: Kit) => ChangeRecord): FaultSpec {
  return {
    name,
    group,
    modes: ['first', 'write', 'always'],
    make(kit) {
      let struck = false
      const change: ChangeRecord = (given) => {
        const changed = of(kit)(given)
        struck ||= JSON.stringify(changed) !== JSON.stringify(given)
        return changed
      }
      const rewrite = (answer: unknown): unknown => inFirstRecord(answer, kit.idKey, change)
      // A listing that is streamed has no answer to rewrite, only records.
      return { fault: { rewrite, malformed: { index: 0, record: change } }, hasStruck: () => struck }
    },
  }
}

/** The answer with its first record changed, wherever it stands. */
function inFirstRecord(value: unknown, idKey: string, change: ChangeRecord): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 ? value : [inFirstRecord(value[0], idKey, change), ...value.slice(1)]
  }
  if (typeof value !== 'object' || value === null) return value
  if (idKey in value) return change({ ...value })
  const entries = Object.entries(value)
  const holder = entries.find(([, inner]) => typeof inner === 'object' && inner !== null)
  if (holder === undefined) return value
  return { ...value, [holder[0]]: inFirstRecord(holder[1], idKey, change) }
}

/** A page as its vendor wraps it, with its records in one place. */
interface AnswerPage {
  readonly answer: object
  readonly name: string
  readonly items: readonly unknown[]
}

/** Rewrites all pages of a listing but the first. */
function pages(rewriteLater: (first: AnswerPage, later: AnswerPage) => AnswerPage): MadeFault {
  let first: AnswerPage | undefined
  let struck = false
  const rewrite = (answer: unknown): unknown => {
    const page = pageOf(answer)
    if (page === undefined) return answer
    if (first === undefined) {
      first = page
      return answer
    }
    struck = true
    const { answer: whole, name, items } = rewriteLater(first, page)
    return { ...whole, [name]: items }
  }
  return { fault: { rewrite }, hasStruck: () => struck }
}

function pageOf(answer: unknown): AnswerPage | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  for (const name of ['items', 'data']) {
    const items: unknown = Reflect.get(answer, name)
    if (Array.isArray(items)) return { answer, name, items }
  }
  return undefined
}
