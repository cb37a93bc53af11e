import type { Contact } from '@anycontact/core'
import type { FieldValues, Side } from '../ledger/pair.ts'
import { canonicalJson } from '../project/forms.ts'
import { CUSTOM } from '../project/places.ts'
import type { Projection, SyncPlan } from '../project/plan.ts'
import { heldValues, says } from '../project/said.ts'

/** What is kept of a contact between its being read and its being compared, as a line of JSON. */
type Line = readonly [id: string, key: string | null, values: FieldValues]

/** A contact as it was read. */
export class ReadContact {
  readonly id: string
  readonly key: string | null
  /** As its side spells them. */
  readonly values: FieldValues
  /** The canonical JSON of the forms of its values, in the order of their fields. */
  readonly forms: ReadonlyMap<string, string>
  /** What it said with `null`: there is to be nothing. */
  readonly #said: FieldValues

  private constructor([id, key, values]: Line, projection: Projection) {
    this.id = id
    this.key = key
    this.#said = values
    this.values = heldValues(values)
    const fields = Object.entries(this.values).sort(([one], [other]) => (one < other ? -1 : 1))
    this.forms = new Map(
      fields.map(([field, value]) => [field, canonicalJson(projection.form(field, value))]),
    )
  }

  /** The line that stands for a contact until it is compared. */
  static line(projection: Projection, side: Side, contact: Contact): string {
    const line: Line = [contact.id, projection.keyOf(side, contact) ?? null, projection.values(side, contact)]
    return JSON.stringify(line)
  }

  static of(projection: Projection, line: string): ReadContact {
    const parsed: Line = JSON.parse(line)
    return new ReadContact(parsed, projection)
  }

  /** The line that it was made from. */
  toLine(): string {
    const line: Line = [this.id, this.key, this.#said]
    return JSON.stringify(line)
  }

  /** Whether it says of a field that there is to be nothing. */
  clears(field: string): boolean {
    return says(this.#said, field) && !this.forms.has(field)
  }

  /**
   * Its record: the canonical JSON of its key and the forms of its values.
   *
   * @param isLeftOut - fields that are left out. @default none
   */
  record(isLeftOut?: (field: string) => boolean): string {
    const members: string[] = []
    for (const [field, form] of this.forms) {
      if (!isLeftOut?.(field)) members.push(`${JSON.stringify(field)}:${form}`)
    }
    return `[${JSON.stringify(this.key)},{${members.join()}}]`
  }
}

/**
 * Tells which fields of a target are its own: in one direction, custom fields that its counterpart at the source has not, or, where these
 * are left as they are, all fields.
 */
export function ownFields({ direction, absent }: OwnPlan, source: ReadContact): (field: string) => boolean {
  const isAny = absent === 'leave'
  return (field) => direction === 'one-way' && (isAny || field.startsWith(CUSTOM)) && !source.forms.has(field)
}

/** What decides which fields are a target's own. */
export type OwnPlan = Pick<SyncPlan, 'direction' | 'absent'>

/** How the fields of a pair compare, before the ledger is asked. */
export interface Comparison {
  readonly same: readonly string[]
  /** Both have a value, and not the same. */
  readonly unequal: readonly string[]
  /** The source alone has a value. */
  readonly absent: readonly string[]
  /** The target alone has one, and ought not to. */
  readonly extra: readonly string[]
  /** The target alone has one, which may be its own. */
  readonly own: readonly string[]
}

/** Compares the fields of a pair. */
export function compareFields(plan: OwnPlan, source: ReadContact, target: ReadContact): Comparison {
  const [same, unequal, absent]: string[][] = [[], [], []]
  for (const [field, form] of source.forms) {
    const there = target.forms.get(field)
    const list = there === undefined ? absent : there === form ? same : unequal
    list?.push(field)
  }
  const isOwn = ownFields(plan, source)
  const alone = [...target.forms.keys()].filter((field) => !source.forms.has(field))
  return {
    same: same ?? [],
    unequal: unequal ?? [],
    absent: absent ?? [],
    extra: alone.filter((field) => !isOwn(field)),
    own: alone.filter(isOwn),
  }
}
