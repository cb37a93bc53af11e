import { Problems } from './arithmetic.ts'
import type { Both, Certificate, Side } from './certificate.ts'
import type { Exported } from './contacts.ts'

const OTHERS = 'customFields.*'

type Column = 'values' | 'same' | 'unequal' | 'absent' | 'unpaired' | 'lost' | 'extra' | 'own'

/** What became of each field, by the exports. */
export class SurvivalCheck {
  readonly #certificate: Certificate
  readonly #rows = new Map<string, Record<Column, number>>()
  readonly counts: Both<{ repeated: number; only: number }> = {
    source: { repeated: 0, only: 0 },
    target: { repeated: 0, only: 0 },
  }

  constructor(certificate: Certificate) {
    this.#certificate = certificate
  }

  lost(fields: readonly string[]): void {
    for (const field of fields) {
      this.#add(field, 'values')
      this.#add(field, 'lost')
    }
  }

  pair(source: Exported, target: Exported, isCompared: (field: string) => boolean): void {
    for (const [field, form] of source.forms) {
      const there = target.forms.get(field)
      this.#add(field, 'values')
      this.#add(field, there === undefined ? 'absent' : there === form ? 'same' : 'unequal')
    }
    for (const field of target.forms.keys()) {
      if (!source.forms.has(field)) this.#add(field, isCompared(field) ? 'extra' : 'own')
    }
  }

  /** Contacts of a key that the other side has not. */
  alone(side: Side, contacts: readonly Exported[]): void {
    this.counts[side].only++
    this.counts[side].repeated += contacts.length - 1
    if (side === 'source') this.#unpaired(contacts)
  }

  /** Contacts whose key another one stands for. */
  repeated(side: Side, contacts: readonly Exported[]): void {
    this.counts[side].repeated += contacts.length
    if (side === 'source') this.#unpaired(contacts)
  }

  /** Contacts of the source without a key. */
  keyless(contacts: readonly Exported[]): void {
    this.#unpaired(contacts)
  }

  /** What the certificate says otherwise. */
  problems(): readonly string[] {
    const problems = new Problems()
    const { survival, pairs } = this.#certificate
    for (const field of new Set([...survival.keys(), ...this.#rows.keys()])) {
      const said = survival.get(field)
      const found = this.#rows.get(field) ?? none()
      const at = `survival of ${field}, by the exports`
      if (!said) {
        // What the target alone has of its own is not counted.
        problems.unless(found.values + found.extra === 0, `${at}: it is not in the certificate.`)
        continue
      }
      problems.same(said.values, found.values, `${at}: values`)
      problems.same(said.lost, found.lost, `${at}: lost`)
      if (pairs.byLink > 0) {
        // Which contacts the ledger has linked the exports do not tell.
        problems.unless(said.same >= found.same, `${at}: same: ${said.same} is less than ${found.same}.`)
        continue
      }
      const other = said.spelled + said.inReview + said.differs + said.absent
      problems.same(said.same, found.same, `${at}: same`)
      problems.same(other, found.unequal + found.absent, `${at}: spelled, in review, differing and absent`)
      problems.same(said.unpaired, found.unpaired, `${at}: unpaired`)
      const isRight = said.extra >= found.extra && said.extra <= found.extra + found.own
      problems.unless(
        isRight,
        `${at}: extra: ${said.extra} is not ${found.extra} to ${found.extra + found.own}.`,
      )
    }
    return problems.sentences
  }

  #unpaired(contacts: readonly Exported[]): void {
    for (const { forms } of contacts) {
      for (const field of forms.keys()) {
        this.#add(field, 'values')
        this.#add(field, 'unpaired')
      }
    }
  }

  #add(field: string, column: Column): void {
    const { survival } = this.#certificate
    const name = survival.has(field) || !survival.has(OTHERS) ? field : OTHERS
    const row = this.#rows.get(name) ?? none()
    row[column]++
    this.#rows.set(name, row)
  }
}

function none(): Record<Column, number> {
  return { values: 0, same: 0, unequal: 0, absent: 0, unpaired: 0, lost: 0, extra: 0, own: 0 }
}
