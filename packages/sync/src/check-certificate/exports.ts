import { Problems } from './arithmetic.ts'
import { type Both, BUCKETS, type Certificate, type Reading, SIDES, type Side } from './certificate.ts'
import { type Exported, exportedContacts, isCustom, lostOf, recordOf, toExported } from './contacts.ts'
import { Sum, sha256 } from './hashes.ts'
import type { JsonMap } from './json.ts'
import { SurvivalCheck } from './survival.ts'

/** So many contacts of both sides are in memory at once. */
const MAX_HELD = 100_000

/** The files of the sides: either or both. */
export type ExportPaths = Partial<Both<string>>

/** Everything in which exports of the sides are not what a certificate says, as sentences. */
export async function exportProblems(
  certificate: Certificate,
  paths: ExportPaths,
): Promise<readonly string[]> {
  const problems = new Problems()
  const survival = new SurvivalCheck(certificate)
  const sides = SIDES.filter((side) => paths[side] !== undefined)
  let isFirst = true
  for (const buckets of groups(certificate)) {
    const held = { source: new Held(buckets), target: new Held(buckets) }
    for (const side of sides) {
      for await (const contact of exportedContacts(paths[side] ?? '')) {
        held[side].add(certificate, side, contact)
        if (isFirst && side === 'source') {
          survival.lost(lostOf(certificate.reading, certificate.lost, contact))
        }
      }
      if (!isFirst) continue
      checkKeyless(certificate, side, held[side], problems)
      if (side === 'source') survival.keyless([...held.source.keyless.values()])
    }
    isFirst = false
    for (const number of buckets) checkBucket(certificate, number, held, sides, survival, problems)
  }
  if (sides.length === SIDES.length) {
    problems.sentences.push(...survival.problems())
    checkSides(certificate, survival, problems)
  }
  return problems.sentences
}

/** The buckets in groups that are read together, so that memory does not grow with the files. */
function groups({ buckets }: Certificate): readonly (readonly number[])[] {
  const groups: number[][] = []
  let held = Number.POSITIVE_INFINITY
  for (let number = 0; number < BUCKETS; number++) {
    const { source, target } = buckets[number] ?? {}
    const contacts = (source?.contacts ?? 0) + (target?.contacts ?? 0)
    if (held + contacts > MAX_HELD) {
      groups.push([])
      held = 0
    }
    groups.at(-1)?.push(number)
    held += contacts
  }
  return groups
}

/** Contacts of one side that are in memory, by bucket; of one that comes twice, as it comes last. */
class Held {
  readonly #buckets: ReadonlyMap<number, Map<string, Exported>>
  readonly keyless = new Map<string, Exported>()

  constructor(buckets: readonly number[]) {
    this.#buckets = new Map(buckets.map((number) => [number, new Map()]))
  }

  add({ reading, salt }: Certificate, side: Side, contact: JsonMap): void {
    const exported = toExported(reading, side, contact)
    const { id, key } = exported
    if (key === null) this.keyless.set(id, exported)
    else this.#buckets.get(sha256(`${salt}\n${key}`)[0] ?? 0)?.set(id, exported)
  }

  bucket(number: number): readonly Exported[] {
    return [...(this.#buckets.get(number)?.values() ?? [])]
  }
}

function checkKeyless({ keyless, salt }: Certificate, side: Side, held: Held, problems: Problems): void {
  const contacts = [...held.keyless.values()]
  problems.same(keyless[side].contacts, contacts.length, `keyless.${side}.contacts, by the export`)
  problems.same(
    keyless[side].hash,
    hashOf(
      salt,
      contacts.map((one) => recordOf(one)),
    ),
    `keyless.${side}.hash, by the export`,
  )
}

function checkBucket(
  { buckets, salt, reading }: Certificate,
  number: number,
  held: Both<Held>,
  sides: readonly Side[],
  survival: SurvivalCheck,
  problems: Problems,
): void {
  const bucket = buckets[number]
  if (!bucket) return
  const at = `buckets[${number}]`
  for (const side of sides) {
    const contacts = held[side].bucket(number)
    problems.same(bucket[side].contacts, contacts.length, `${at}.${side}.contacts, by the export`)
    const hash = hashOf(
      salt,
      contacts.map((one) => recordOf(one)),
    )
    problems.same(bucket[side].hash, hash, `${at}.${side}.hash, by the export`)
  }
  if (sides.length < SIDES.length) return
  const keys = { source: byKey(held.source.bucket(number)), target: byKey(held.target.bucket(number)) }
  const records: Both<string[]> = { source: [], target: [] }
  let unequal = 0
  for (const [key, here] of keys.source) {
    const there = keys.target.get(key)
    if (!there) {
      survival.alone('source', here)
      continue
    }
    const [source, target] = chosen(reading, here, there)
    const record = recordOf(source)
    const otherRecord = recordOf(target, isCompared(reading, source))
    records.source.push(record)
    records.target.push(otherRecord)
    if (record !== otherRecord) unequal++
    survival.pair(source, target, isCompared(reading, source))
    survival.repeated(
      'source',
      here.filter((one) => one !== source),
    )
    survival.repeated(
      'target',
      there.filter((one) => one !== target),
    )
  }
  for (const [key, there] of keys.target) if (!keys.source.has(key)) survival.alone('target', there)
  problems.same(bucket.pairs, records.source.length, `${at}.pairs, by the exports`)
  problems.same(bucket.unequal, unequal, `${at}.unequal, by the exports`)
  for (const side of SIDES) {
    problems.same(bucket[side].paired, hashOf(salt, records[side]), `${at}.${side}.paired, by the exports`)
  }
}

function checkSides({ sides }: Certificate, survival: SurvivalCheck, problems: Problems): void {
  for (const side of SIDES) {
    for (const name of ['repeated', 'only'] as const) {
      problems.same(sides[side][name], survival.counts[side][name], `sides.${side}.${name}, by the exports`)
    }
  }
}

/** In one direction, custom fields that the source has not are the target's own, or all fields, where they are left. */
function isCompared({ isOneWay, isLeft }: Reading, source: Exported): (field: string) => boolean {
  return (field) => !(isOneWay && (isLeft || isCustom(field)) && !source.forms.has(field))
}

/** Which contacts of a key are the pair: two that are the same, else those with the smallest ids. */
function chosen(
  reading: Reading,
  here: readonly Exported[],
  there: readonly Exported[],
): readonly [Exported, Exported] {
  const [sources, targets] = [byId(here), byId(there)]
  for (const source of sources) {
    const same = targets.find((target) => recordOf(target, isCompared(reading, source)) === recordOf(source))
    if (same) return [source, same]
  }
  const [source, target] = [sources[0], targets[0]]
  if (!source || !target) throw new Error('A key has a contact on each side.')
  return [source, target]
}

function byId(contacts: readonly Exported[]): readonly Exported[] {
  return [...contacts].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function byKey(contacts: readonly Exported[]): ReadonlyMap<string, readonly Exported[]> {
  const groups = new Map<string, Exported[]>()
  for (const contact of contacts) {
    const key = contact.key ?? ''
    groups.set(key, [...(groups.get(key) ?? []), contact])
  }
  return groups
}

function hashOf(salt: string, records: readonly string[]): string {
  const sum = new Sum()
  for (const record of records) sum.add(sha256(`${salt}\n${record}`))
  return sum.hex
}
