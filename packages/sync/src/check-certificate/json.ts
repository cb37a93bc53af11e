/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap

/** An object of JSON. */
export interface JsonMap {
  readonly [name: string]: Json
}

/** What is no certificate, or no export. */
export class MalformedError extends Error {}

/** Canonical JSON as RFC 8785 has it. */
export function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  if (!isMap(value)) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an object; `undefined` where it has none of its own. */
export function memberOf(map: JsonMap, name: string): Json | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}

/** A place in a document, which says where it is when it does not hold what it should. */
export class Place {
  readonly path: string
  readonly value: Json | undefined

  constructor(value: Json | undefined, path = '') {
    this.value = value
    this.path = path
  }

  at(name: string): Place {
    const path = this.path === '' ? name : `${this.path}.${name}`
    return new Place(memberOf(this.map, name), path)
  }

  get map(): JsonMap {
    return isMap(this.value) ? this.value : this.#fail('an object')
  }

  get list(): readonly Place[] {
    if (!isList(this.value)) return this.#fail('a list')
    return this.value.map((item, index) => new Place(item, `${this.path}[${index}]`))
  }

  get text(): string {
    return typeof this.value === 'string' ? this.value : this.#fail('text')
  }

  get flag(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.#fail('true or false')
  }

  /** A whole number of 0 or more. */
  get count(): number {
    const { value } = this
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : this.#fail('a whole number of 0 or more')
  }

  /** Text that is one of these. */
  oneOf<Word extends string>(...words: readonly Word[]): Word {
    return words.find((word) => word === this.value) ?? this.#fail(words.join(' or '))
  }

  /** So many hexadecimal digits. */
  hex(digits: number): string {
    const { value } = this
    return typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value)
      ? value
      : this.#fail(`${digits} hexadecimal digits`)
  }

  get isNull(): boolean {
    return this.value === null
  }

  #fail(what: string): never {
    throw new MalformedError(`${this.path === '' ? 'The document' : this.path} must be ${what}.`)
  }
}
