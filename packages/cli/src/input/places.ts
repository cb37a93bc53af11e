import type { CsvMethodTarget, CsvTarget } from '@anycontact/formats'
import { type FieldPath, type FieldPlaces, type LostField, PLAIN_FIELDS } from '@anycontact/sync'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { UsageError } from '../errors/usage-error.ts'

const FIELDS = [...PLAIN_FIELDS, 'customFields'] as const

const isMethod = (text: string): text is CsvMethodTarget =>
  /^contactMethods\.(?:email|phone|mobile|fax|other)(?:\..|$)/.test(text)

const isCustom = (text: string): text is `customFields.${string}` => /^customFields\../.test(text)

/**
 * Reads `--map 'Customer no=externalId'`, and adds it to those before. The last `=` is the one between the two: headers may have others.
 */
export function readMap(
  text: string,
  before: Readonly<Record<string, CsvTarget>> | undefined,
): Record<string, CsvTarget> {
  const at = text.lastIndexOf('=')
  const header = text.slice(0, Math.max(at, 0)).trim()
  if (header === '') throw new InvalidArgumentError('Write it as column=field.')
  if (before && Object.hasOwn(before, header))
    throw new InvalidArgumentError(`${header} is there twice: a column goes to one field.`)
  return { ...before, [header]: target(text.slice(at + 1).trim()) }
}

/**
 * Where the fields of a file without columns go, as `--map` has it.
 *
 * @throws UsageError for what is no field
 */
export function fieldPlaces(map: Readonly<Record<string, CsvTarget>>): FieldPlaces {
  const places: Partial<Record<FieldPath, FieldPath>> = {}
  for (const [from, to] of Object.entries(map)) {
    const [field, place] = [pathOf(from), pathOf(to ?? '')]
    if (field === undefined || place === undefined) {
      const fields = `${PLAIN_FIELDS.join(', ')}, and customFields.<key>`
      throw new UsageError(
        `--map '${from}=${to}': ${field === undefined ? from : to} is no field that can be placed. There are ${fields}.`,
      )
    }
    places[field] = place
  }
  return places
}

function pathOf(text: string): FieldPath | undefined {
  return PLAIN_FIELDS.find((one) => one === text) ?? (isCustom(text) ? text : undefined)
}

function target(text: string): CsvTarget {
  const field = text === 'id' ? 'id' : FIELDS.find((one) => one === text)
  if (field !== undefined) return field
  if (isCustom(text) || isMethod(text)) return text
  throw new InvalidArgumentError(
    `${text || 'Nothing'} is no field. There are ${FIELDS.join(', ')}, contactMethods.<type>, and customFields.<key>.`,
  )
}

/** Reads `--drop tags`, and adds it to those before. */
export function readDrop(text: string, before: readonly LostField[] | undefined): LostField[] {
  const field = FIELDS.find((one) => one === text) ?? (isCustom(text) ? text : undefined)
  if (field === undefined)
    throw new InvalidArgumentError(
      `${text} is no field. There are ${FIELDS.join(', ')}, and customFields.<key>.`,
    )
  return [...(before ?? []), field]
}
