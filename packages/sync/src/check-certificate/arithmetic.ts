import { BUCKETS, type Certificate, COLUMNS, KINDS, MAX_FIRST, SIDES } from './certificate.ts'
import { NOTHING, sha256 } from './hashes.ts'
import { canonical, isMap, Place } from './json.ts'

const CUSTOM = 'customFields.'

/** Everything in a certificate that does not follow from the rest of it, as sentences. */
export function arithmeticProblems(certificate: Certificate): readonly string[] {
  const problems = new Problems()
  checkDigest(certificate, problems)
  checkReading(certificate, problems)
  checkVerdict(certificate, problems)
  checkCounts(certificate, problems)
  checkBuckets(certificate, problems)
  checkSurvival(certificate, problems)
  return problems.sentences
}

/** Collects what is wrong. */
export class Problems {
  readonly sentences: string[] = []

  unless(isRight: boolean, sentence: string): void {
    if (!isRight) this.sentences.push(sentence)
  }

  /** Two numbers or hashes that must be the same. */
  same(one: number | string, other: number | string, what: string): void {
    this.unless(one === other, `${what}: ${one} is not ${other}.`)
  }
}

function checkDigest({ whole, digest }: Certificate, problems: Problems): void {
  if (!isMap(whole)) return
  const { digest: _, ...rest } = whole
  problems.same(digest, sha256(canonical(rest)).toString('hex'), 'digest')
}

/** How contacts are read follows from how the sync was defined, but for what the providers are. */
function checkReading({ definition, reading, lost, survival }: Certificate, problems: Problems): void {
  const ANY = 'customFields.*'
  const root = new Place(definition)
  for (const side of SIDES) {
    problems.same(
      reading.key[side].field,
      root.at('by').at(side).text,
      `reading.key.${side}, by the definition`,
    )
  }
  problems.same(
    String(reading.isOneWay),
    String(root.at('direction').text === 'one-way'),
    'reading.direction, by the definition',
  )
  problems.same(
    reading.isLeft ? 'leave' : 'clear',
    root.at('absent').text,
    'reading.absent, by the definition',
  )
  problems.unless(
    reading.isLeft || !reading.isOfInputs,
    'reading.inputs is true, and nothing is left as it is.',
  )
  const { [ANY]: own, ...placed } = root.at('fields').map
  const fields = reading.fields.map(({ field, paths }) => [field, paths.source, paths.target])
  const defined = Object.entries(placed).map(([field, path]) => [field, field, path])
  problems.same(canonical(fields), canonical(defined), 'reading.fields, by the definition')
  const { without, only } = reading.customFields ?? {}
  const used = [...reading.fields.flatMap(({ paths }) => [paths.source, paths.target]), ...lost]
  const wanted = used.filter((path) => path.startsWith(CUSTOM)).map((path) => path.slice(CUSTOM.length))
  problems.same(
    String(own !== undefined),
    String(reading.customFields !== undefined),
    'reading.customFields, by the definition',
  )
  if (own !== undefined) {
    problems.same(
      canonical([...(without ?? [])].sort()),
      canonical([...new Set(wanted)].sort()),
      'reading.customFields.without, by the definition',
    )
    problems.same(
      canonical(only ? [...only] : ANY),
      canonical(own),
      'reading.customFields.only, by the definition',
    )
  }
  const known = new Set([...reading.fields.map(({ field }) => field), ...lost])
  for (const { field } of reading.fields)
    problems.unless(survival.has(field), `survival of ${field}: is not there.`)
  for (const field of survival.keys()) {
    problems.unless(
      known.has(field) || field.startsWith(CUSTOM),
      `survival of ${field}: it is no field of the sync.`,
    )
  }
}

function checkVerdict(
  { proved, unproved, agrees, sides, differences, startedAt, endedAt }: Certificate,
  problems: Problems,
): void {
  problems.same(String(proved), String(unproved.length === 0), 'proved, by the reasons in unproved')
  const isWhole = SIDES.every((side) => sides[side].complete)
  problems.unless(isWhole || !proved, 'proved: a side that was not read whole proves nothing.')
  problems.same(
    String(agrees),
    String(proved && differences.total === 0),
    'agrees, by proved and differences.total',
  )
  const [start, end] = [Date.parse(startedAt), Date.parse(endedAt)]
  problems.unless(start <= end, 'endedAt: is before startedAt, or one of them is no time.')
}

function checkCounts({ sides, pairs, differences }: Certificate, problems: Problems): void {
  for (const side of SIDES) {
    const { contacts, keyless, repeated, paired, only } = sides[side]
    problems.same(contacts, keyless + repeated + paired + only, `sides.${side}.contacts, by its parts`)
    problems.same(paired, pairs.byKey, `sides.${side}.paired, by pairs.byKey`)
    problems.unless(pairs.byLink <= keyless + only, `pairs.byLink: more than sides.${side} has left.`)
  }
  problems.same(
    pairs.byKey + pairs.byLink,
    pairs.equal + pairs.spelled + pairs.differing,
    'pairs, by what became of them',
  )
  problems.unless(
    pairs.unequal <= pairs.spelled + pairs.differing,
    'pairs.unequal: more than the spelled and the differing.',
  )
  const { total, kinds, known, first, left } = differences
  problems.same(total, sum(Object.values(kinds)), 'differences.total, by its kinds')
  problems.same(kinds.values, pairs.differing, 'differences.kinds.values, by pairs.differing')
  problems.same(first.length, Math.min(total, MAX_FIRST), 'differences.first, by its length')
  problems.unless(sum(Object.values(known)) <= total, 'differences.known: more than there are.')
  for (const kind of KINDS) {
    const named = first.filter((one) => one.kind === kind).length
    const isRight = total <= MAX_FIRST ? named === kinds[kind] : named <= kinds[kind]
    problems.unless(isRight, `differences.kinds.${kind}: ${kinds[kind]} is not what differences.first has.`)
  }
  const words = { inReview: 'in_review', failed: 'failed', skipped: 'skipped' } as const
  for (const name of ['inReview', 'failed', 'skipped'] as const) {
    const named = first.filter((one) => one.known === words[name]).length
    const isRight = total <= MAX_FIRST ? named === known[name] : named <= known[name]
    problems.unless(isRight, `differences.known.${name}: ${known[name]} is not what differences.first has.`)
  }
  // Whoever is in no pair is a difference, or is left alone.
  const alone = sum(SIDES.map((side) => sides[side].contacts - sides[side].paired - pairs.byLink))
  problems.same(
    alone,
    total - kinds.values + left.source + left.target,
    'contacts in no pair, by differences',
  )
}

function checkBuckets({ sides, pairs, buckets, keyless }: Certificate, problems: Problems): void {
  problems.same(buckets.length, BUCKETS, 'buckets, by their number')
  for (const side of SIDES) {
    const contacts = sum(buckets.map((bucket) => bucket[side].contacts))
    problems.same(
      sides[side].contacts,
      contacts + keyless[side].contacts,
      `sides.${side}.contacts, by the buckets`,
    )
    problems.same(sides[side].keyless, keyless[side].contacts, `sides.${side}.keyless, by keyless.${side}`)
    checkEmpty(keyless[side], `keyless.${side}`, problems)
  }
  problems.same(pairs.byKey, sum(buckets.map((bucket) => bucket.pairs)), 'pairs.byKey, by the buckets')
  problems.same(pairs.unequal, sum(buckets.map((bucket) => bucket.unequal)), 'pairs.unequal, by the buckets')
  for (const [number, bucket] of buckets.entries()) {
    const at = `buckets[${number}]`
    const isSame = bucket.source.paired === bucket.target.paired
    problems.unless(bucket.unequal <= bucket.pairs, `${at}.unequal: more than its pairs.`)
    problems.unless(
      bucket.unequal > 0 || isSame,
      `${at}: its pairs are the same, and its hashes of them are not.`,
    )
    problems.unless(
      bucket.unequal === 0 || !isSame,
      `${at}: its pairs are not the same, and its hashes of them are.`,
    )
    for (const side of SIDES) {
      const { contacts, paired } = bucket[side]
      checkEmpty(bucket[side], `${at}.${side}`, problems)
      problems.unless(bucket.pairs <= contacts, `${at}.pairs: more than its contacts of the ${side}.`)
      problems.unless(bucket.pairs > 0 || paired === NOTHING, `${at}.${side}.paired: a hash of no contacts.`)
    }
  }
}

function checkEmpty(
  { contacts, hash }: { readonly contacts: number; readonly hash: string },
  at: string,
  problems: Problems,
): void {
  problems.unless(contacts > 0 || hash === NOTHING, `${at}.hash: a hash of no contacts.`)
}

function checkSurvival({ survival, pairs }: Certificate, problems: Problems): void {
  for (const [field, row] of survival) {
    const parts = sum(COLUMNS.map((column) => row[column]))
    problems.same(row.values, parts, `survival of ${field}, by its columns`)
    const { differing, spelled } = pairs
    problems.unless(
      row.spelled <= spelled + differing,
      `survival of ${field}: spelled in more pairs than there are.`,
    )
    const wrong = Math.max(row.inReview, row.differs, row.absent, row.extra)
    problems.unless(wrong <= differing, `survival of ${field}: differs in more pairs than there are.`)
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
