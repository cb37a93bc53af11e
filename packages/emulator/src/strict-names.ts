/**
 * Each member of a type by its name, so that the compiler tells of one that is left out. Where names stand in the place of one, they
 * are those of the members inside it; anything else says that nothing inside is looked at.
 */
export type NamesOf<T> = { readonly [Name in keyof Required<T>]: unknown }

/** Gives the seeds of one kind of record back without what is undefined, or throws an Error that names the record, its index and the field. */
export type StrictSeeds<Seed> = (seeds: readonly Seed[]) => readonly Seed[]

/**
 * Makes the check of the seeds of one kind of record: a field that no such record has would be kept or passed over in silence, and
 * a test that relies on it would prove nothing.
 *
 * @param kind - the record, as messages call it
 * @param names - its fields
 * @param isFree - tells of a seed that may have others
 */
export function strictSeeds<Seed extends object>(
  kind: string,
  names: NamesOf<NoInfer<Seed>>,
  isFree: (seed: object) => boolean = () => false,
): StrictSeeds<Seed> {
  return (seeds) => {
    if (!Array.isArray(seeds)) throw new Error(`Seeds of ${kind}s come in an array`)
    for (const [index, seed] of seeds.entries()) {
      if (typeof seed !== 'object' || seed === null)
        throw new Error(`The ${kind} at index ${index} is not an object`)
      if (!isFree(seed)) refuseUnknown(`The ${kind} at index ${index}`, 'field', seed, names)
    }
    return seeds.map(givenMembers)
  }
}

/** A seed without members that are undefined: each of them takes its default, as one that is left out does. */
function givenMembers<Seed extends object>(seed: Seed): Seed {
  const missing = Object.entries(seed).filter(([, value]) => value === undefined)
  if (missing.length === 0) return seed
  const given = { ...seed }
  for (const [name] of missing) Reflect.deleteProperty(given, name)
  return given
}

/** A member that there is not, where names are known. */
export class UnknownName extends Error {
  override readonly name: string = 'UnknownName'
  /** Which one it is, after those that it is inside of. */
  readonly path: readonly string[]
  /** What is known, and which of it may have been meant. */
  readonly advice: string

  constructor(owner: string, word: string, path: readonly string[], known: readonly string[]) {
    const name = path.at(-1) ?? ''
    const near = nearest(name, known)
    const advice = `${near === undefined ? '' : `Did you mean "${near}"? `}Known are: ${known.join(', ')}.`
    super(`${owner} has the unknown ${word} "${name}". ${advice}`)
    this.path = path
    this.advice = advice
  }
}

/**
 * Throws an Error for an option that there is not.
 *
 * @param owner - whose options they are, as messages call it
 */
export function refuseUnknownOptions<Options extends object>(
  owner: string,
  options: Options,
  names: NamesOf<NoInfer<Options>>,
): void {
  refuseUnknown(owner, 'option', options, names)
}

/**
 * The same for what options hold by name, credentials for example: each of them that is an object.
 *
 * @param owner - which option it is, as messages call it
 */
export function refuseUnknownOptionsIn<Options extends object>(
  owner: string,
  held: Readonly<Record<string, string | Options>> | undefined,
  names: NamesOf<NoInfer<Options>>,
): void {
  for (const value of Object.values(held ?? {})) {
    if (typeof value === 'object') refuseUnknown(`An entry of ${owner}`, 'option', value, names)
  }
}

/** Throws {@link UnknownName} for a member that is not among the known names, or inside one of them not among those. */
export function refuseUnknown(
  owner: string,
  word: 'field' | 'option' | 'member',
  given: object,
  names: object,
  above: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(given)) {
    const path = [...above, name]
    if (!Object.hasOwn(names, name)) throw new UnknownName(owner, word, path, Object.keys(names))
    const inside: unknown = Reflect.get(names, name)
    if (typeof inside !== 'object' || inside === null || typeof value !== 'object' || value === null) continue
    refuseUnknown(`${owner}, in "${name}",`, word, value, inside, path)
  }
}

/** The known name that differs in case, underscores and at most two letters; a short one in at most one, or in two that changed places. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll('_', '')
  const [closest] = known
    .map((candidate) => ({ candidate, edits: editsBetween(plain(name), plain(candidate)) }))
    .sort((a, b) => a.edits - b.edits)
  return closest !== undefined && closest.edits <= (name.length < 5 ? 1 : 2) ? closest.candidate : undefined
}

/** How many letters must be put in, taken out or changed, or changed places with the next. */
function editsBetween(from: string, to: string): number {
  const [letters, others] = [[...from], [...to]]
  const start = Array.from({ length: others.length + 1 }, (_, at) => at)
  let [before, row] = [start, start]
  for (const [line, letter] of letters.entries()) {
    const next = [line + 1]
    for (const [at, other] of others.entries()) {
      const [diagonal = 0, above = 0] = row.slice(at, at + 2)
      const left = next[at] ?? 0
      const isSwapped = letter === others[at - 1] && letters[line - 1] === other
      const swapped = isSwapped ? (before[at - 1] ?? 0) : diagonal
      next.push(Math.min(diagonal + (letter === other ? 0 : 1), above + 1, left + 1, swapped + 1))
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
