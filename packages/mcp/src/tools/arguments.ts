import { ContactsError } from '@anycontact/core'
import { isPlainObject } from '@anycontact/core/adapter-kit'
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import { type ConversionConfig, toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'

/** An object with any keys. Not `v.record`, which passes over some of them in silence, such as `constructor`. */
export function anyObject(): v.GenericSchema<unknown, Readonly<Record<string, unknown>>> {
  return v.custom<Readonly<Record<string, unknown>>>(isPlainObject, 'must be an object')
}

const AS_OBJECT: Pick<ConversionConfig, 'overrideSchema'> = {
  overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? { type: 'object' } : undefined),
}

/**
 * The arguments of a tool as the protocol announces them. Whatever a call gives is let through here: what is wrong with it is told by
 * {@link readArguments}, because what the protocol's own server says of it has no bounds.
 */
export function announced(schema: v.GenericSchema): StandardSchemaWithJSON {
  const { '~standard': standard } = toStandardJsonSchema(schema)
  const { input, output } = standard.jsonSchema
  return {
    '~standard': {
      ...standard,
      validate: (value: unknown) => ({ value }),
      jsonSchema: {
        input: (options) => input({ ...options, libraryOptions: AS_OBJECT }),
        output: (options) => output({ ...options, libraryOptions: AS_OBJECT }),
      },
    },
  }
}

const NOT_TAKEN = 'is nothing that this tool takes'

/** So many things that are wrong are told. */
const MOST_ISSUES = 5

/**
 * Reads the arguments of a call.
 *
 * @throws ContactsError `invalid_input` for what the tool does not take
 */
export function readArguments<Input>(schema: v.GenericSchema<unknown, Input>, given: unknown): Input {
  const read = v.safeParse(schema, given)
  if (read.success) return read.output
  const issues = read.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: messageOf(issue) }))
  const told = issues.slice(0, MOST_ISSUES)
  const list = told.map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
  const more = issues.length > told.length ? `; and ${issues.length - told.length} more` : ''
  throw new ContactsError({
    code: 'invalid_input',
    message: `The arguments cannot be used: ${list.join('; ')}${more}.`,
    issues: told,
  })
}

/** What is wrong, to be said of where it is. */
function messageOf({ type, expected, received, message }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && received !== 'Object')
    return expected === 'never' ? NOT_TAKEN : 'is missing'
  return `is not right: ${message}`
}
