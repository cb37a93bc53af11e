import { Option } from '@commander-js/extra-typings'
import type { Output } from '../host.ts'

/** How contacts are printed. */
export const FORMATS = ['table', 'ndjson', 'csv', 'vcard'] as const

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number]

/** What a command line says of the format. */
export interface FormatOptions {
  readonly format?: Format | undefined
  readonly json?: boolean | undefined
}

/** The option that says how contacts are printed. */
export function formatOption() {
  return new Option(
    '--format <format>',
    'how contacts are printed; without it a table on a terminal, NDJSON in a pipe',
  ).choices(FORMATS)
}

/** The short form of `--format ndjson`. */
export function jsonOption() {
  return new Option('--json', 'as NDJSON: one contact a line').conflicts('format')
}

/** The format of an output. */
export function formatOf({ format, json }: FormatOptions, output: Output): Format {
  if (json) return 'ndjson'
  return format ?? (output.isTerminal ? 'table' : 'ndjson')
}

/** The option of commands that print what became of a contact. */
export function outcomeJsonOption() {
  return new Option('--json', 'print what became of it as JSON, as in a pipe')
}

/** Whether what became of a contact is printed as JSON. */
export function isJson({ json }: Pick<FormatOptions, 'json'>, output: Output): boolean {
  return json === true || !output.isTerminal
}
