import * as v from 'valibot'
import type { ContactsErrorIssue } from '../errors.ts'
import { isObject } from '../model/json.ts'
import { compileCheck } from './compile-check.ts'
import { providerErrors } from './provider-errors.ts'

/** What the errors of a reader say. */
export interface RecordReaderOptions {
  /** The adapter's `provider`. */
  readonly provider: string
  /** What is read, with its article. @default 'a contact record' */
  readonly what?: string | undefined
}

/**
 * Checks a value and hands it back as it is, not a copy.
 *
 * @param value - one record or answer, parsed from JSON
 * @param path - where it stands in the answer, for example `items.3`. @default the answer itself
 * @param operation - the operation it was for
 * @throws ContactsError `bad_response`; its issues name the path of everything that is wrong and hold no values
 */
export type RecordReader<Output> = (value: unknown, path?: string, operation?: string) => Output

/**
 * Makes the reader of a wire record, or of a whole answer, from its schema. A good value passes a compiled check made of
 * it; valibot runs only to explain a bad one. Members that the schema does not name stay.
 *
 * @param schema - what is read; must only check, since the value is handed back as it came. Give its parts messages of their
 * own, as {@link wireText} and the others have; where one has none, the message says what was expected
 * @throws TypeError for a schema that changes values: a transformation, a default or a fallback
 *
 * @example
 * ```ts
 * const PersonSchema = wireRecord({ id: wireId, full_name: wireText })
 * const readPerson = recordReader(PersonSchema, { provider: 'example-crm', what: 'a person' })
 *
 * readPerson({ id: 'p1', full_name: 5 }, 'people.0')
 * // example-crm: a person cannot be read: people.0.full_name must be text or null.
 * ```
 */
export function recordReader<Schema extends v.GenericSchema>(
  schema: Schema,
  { provider, what = 'a contact record' }: RecordReaderOptions,
): RecordReader<v.InferOutput<Schema>> {
  if (changesValues(schema)) {
    throw new TypeError(
      'A record is handed back as it came: transform it where it is mapped, not in its schema.',
    )
  }
  const check = compileCheck<v.GenericSchema>(schema)
  // Input and output are the same, as has just been checked.
  const isGood = (value: unknown): value is v.InferOutput<Schema> => check(value)
  const { badAnswer } = providerErrors(provider)
  return (value, path, operation) => {
    if (isGood(value)) return value
    const checked = v.safeParse(schema, value, { message: expectation })
    if (checked.success) return checked.output
    const issues = checked.issues.map(
      (issue): ContactsErrorIssue => ({
        path: [path, v.getDotPath(issue)].filter(Boolean).join('.'),
        message: issue.message,
      }),
    )
    const [first] = issues
    throw badAnswer(`${what} cannot be read: ${first?.path || 'it'} ${first?.message}.`, operation, issues)
  }
}

/** The message for a part of a schema that has none, in place of valibot's, which quotes the value. */
function expectation({ expected, path }: v.BaseIssue<unknown>): string {
  if (path?.at(-1)?.origin === 'key') return 'is missing'
  return expected === null ? 'is not valid' : `must be ${WORDS[expected] ?? expected}`
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'an array',
  Object: 'an object',
}

/** The members of schemas that hold other schemas, or the steps of a pipe. */
const NESTED = ['wrapped', 'item', 'items', 'rest', 'key', 'value', 'entries', 'options', 'pipe']

/** Transformations that leave the value as it is. */
const ONLY_TYPES: ReadonlySet<unknown> = new Set(['brand', 'flavor', 'readonly'])

function changesValues(node: unknown): boolean {
  if (!isObject(node)) return false
  if (Array.isArray(node)) return node.some(changesValues)
  if (node.kind === 'transformation') return !ONLY_TYPES.has(node.type)
  if (node.kind === undefined) return Object.values(node).some(changesValues)
  if (node.default !== undefined || node.fallback !== undefined) return true
  return NESTED.some((name) => changesValues(node[name]))
}
