import type { Pair, Side } from '../ledger/pair.ts'
import {
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind,
  type Differences,
  type FieldSurvival,
  MAX_DIFFERENCES,
  type PairCounts,
} from './certificate.ts'
import type { Verdict } from './known.ts'
import type { Comparison, ReadContact } from './read-contact.ts'

/** So many custom fields are counted by name. */
const MAX_NAMED = 200
const OTHERS = 'customFields.*'

type Column = Exclude<keyof FieldSurvival, 'field'>
type Row = Record<Column, number>

const EMPTY: Readonly<Row> = {
  values: 0,
  same: 0,
  spelled: 0,
  inReview: 0,
  differs: 0,
  absent: 0,
  unpaired: 0,
  lost: 0,
  extra: 0,
}

/** Counts what is found, and keeps the first differences. Its size does not depend on the number of contacts. */
export class Tally {
  readonly #rows = new Map<string, Row>()
  readonly #kinds = new Map<DifferenceKind, number>()
  readonly #known = { inReview: 0, failed: 0, skipped: 0 }
  readonly #left = { source: 0, target: 0 }
  readonly #pairs = { byKey: 0, byLink: 0, equal: 0, spelled: 0, differing: 0, unequal: 0 }
  readonly #first: Difference[] = []
  readonly #withValues: boolean

  /**
   * @param fields - those that are counted also where nobody has a value
   * @param withValues - whether differences are to have the values
   */
  constructor(fields: readonly string[], withValues: boolean) {
    for (const field of fields) this.#row(field)
    this.#withValues = withValues
  }

  /** A field of a contact of the source that the target cannot hold. */
  lost(field: string): void {
    const row = this.#row(field)
    row.values++
    row.lost++
  }

  /** A contact of the source has no counterpart. */
  unpaired({ forms }: ReadContact): void {
    for (const field of forms.keys()) {
      const row = this.#row(field)
      row.values++
      row.unpaired++
    }
  }

  /** A pair. Without a verdict it is the same in all fields. */
  pair(
    by: 'byKey' | 'byLink',
    source: ReadContact,
    target: ReadContact,
    { same }: Pick<Comparison, 'same'>,
    isUnequal: boolean,
    verdict?: Verdict,
  ): void {
    this.#pairs[by]++
    if (isUnequal && by === 'byKey') this.#pairs.unequal++
    this.#add('same', same)
    if (!verdict) {
      this.#pairs.equal++
      return
    }
    for (const column of ['spelled', 'inReview', 'differs', 'absent', 'extra'] as const) {
      this.#add(
        column,
        verdict[column].filter((field) => column === 'extra' || source.forms.has(field)),
      )
    }
    this.#add(
      'extra',
      verdict.inReview.filter((field) => !source.forms.has(field)),
    )
    const wrong = [...verdict.differs, ...verdict.absent, ...verdict.extra]
    const fields = [...wrong, ...verdict.inReview].sort()
    if (fields.length === 0) {
      this.#pairs[verdict.spelled.length > 0 ? 'spelled' : 'equal']++
      return
    }
    this.#pairs.differing++
    const known = wrong.length === 0 ? ({ known: 'in_review' } as const) : {}
    this.difference({
      kind: 'values',
      source: source.id,
      target: target.id,
      fields: fields.map((field) => ({
        field,
        ...(this.#withValues && valuesOf(field, source, target)),
      })),
      ...known,
    })
  }

  /** What one side alone has, and is left there. */
  left(side: Side): void {
    this.#left[side]++
  }

  /** A contact of one side in which they differ, with what the ledger says of it. */
  alone(kind: Exclude<DifferenceKind, 'values'>, side: Side, { id }: ReadContact, pair?: Pair): void {
    const { problem } = pair ?? {}
    this.difference({
      kind,
      [side]: id,
      ...(problem && { known: problem.kind, code: problem.code }),
    })
  }

  difference(difference: Difference): void {
    const { kind, known } = difference
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
    if (known) this.#known[known === 'in_review' ? 'inReview' : known]++
    if (this.#first.length < MAX_DIFFERENCES) this.#first.push(difference)
  }

  get pairs(): PairCounts {
    return { ...this.#pairs }
  }

  get survival(): readonly FieldSurvival[] {
    return [...this.#rows]
      .map(([field, row]) => ({ field, ...row }))
      .sort((one, other) => (one.field < other.field ? -1 : 1))
  }

  get differences(): Differences {
    const kinds = { values: 0, source_only: 0, target_only: 0, repeated: 0, keyless: 0 }
    for (const kind of DIFFERENCE_KINDS) kinds[kind] = this.#kinds.get(kind) ?? 0
    return {
      total: Object.values(kinds).reduce((sum, count) => sum + count, 0),
      kinds,
      known: { ...this.#known },
      left: { ...this.#left },
      first: [...this.#first],
    }
  }

  #add(column: Exclude<Column, 'values'>, fields: readonly string[]): void {
    for (const field of fields) {
      const row = this.#row(field)
      row[column]++
      if (column !== 'extra') row.values++
    }
  }

  #row(field: string): Row {
    const name = this.#rows.has(field) || this.#rows.size < MAX_NAMED ? field : OTHERS
    let row = this.#rows.get(name)
    if (!row) {
      row = { ...EMPTY }
      this.#rows.set(name, row)
    }
    return row
  }
}

function valuesOf(field: string, source: ReadContact, target: ReadContact): object {
  const [here, there] = [source.values[field], target.values[field]]
  return { ...(here !== undefined && { source: here }), ...(there !== undefined && { target: there }) }
}
