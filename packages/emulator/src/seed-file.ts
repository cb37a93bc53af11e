/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { createEmulator, type Emulator } from './emulator.ts'
import { isJsonObject } from './json.ts'
import { nearest, UnknownName } from './strict-names.ts'

/** Says in one line what is wrong with a file of seeds, and where in it. */
export class SeedFileError extends Error {
  override readonly name: string = 'SeedFileError'

  /** Parts of a file stand in it, whose control characters a terminal would obey. */
  constructor(message: string) {
    super(message.replaceAll(/\s*\p{Cc}+\s*/gu, ' '))
  }
}

/** Puts the records of a file into an emulator, and tells how many each vendor got. */
export type SeedVendors = (emulator: Emulator) => Readonly<Record<SeededVendor, number>>

/** The vendors, as a file of seeds calls them. */
export type SeededVendor = 'chatbotkit' | 'cognipeer' | 'channelInbox' | 'contactMethods'

/** What a file holds for a vendor; the emulator checks the fields by name, and values not at all. */
type Seeds = Readonly<Record<SeededVendor, readonly []>>

const VENDORS: readonly SeededVendor[] = ['chatbotkit', 'cognipeer', 'channelInbox', 'contactMethods']

/**
 * Reads a file of seeds and tries it once.
 *
 * @throws SeedFileError for a file that cannot be read, is not JSON, or has what no vendor's record has
 */
export function readSeedFile(file: string): SeedVendors {
  const seeds = vendorsOf(file, parse(file, read(file)))
  const trial = createEmulator()
  for (const vendor of VENDORS) {
    for (const [index, record] of [...seeds[vendor]].entries()) {
      try {
        trial[vendor].seed([record])
      } catch (error) {
        throw new SeedFileError(`${file}: ${wrongRecord(vendor, index, error)}`)
      }
    }
  }
  return (emulator) => {
    const count = (vendor: SeededVendor): number => emulator[vendor].seed(seeds[vendor]).length
    return {
      chatbotkit: count('chatbotkit'),
      cognipeer: count('cognipeer'),
      channelInbox: count('channelInbox'),
      contactMethods: count('contactMethods'),
    }
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code')
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      EACCES: 'it may not be read',
    }
    throw new SeedFileError(`Cannot read ${file}: ${reasons[String(code)] ?? String(code)}.`)
  }
}

function parse(file: string, text: string): unknown {
  try {
    // A byte order mark is no JSON, but editors write it.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new SeedFileError(`${file} is not JSON: ${message}.`)
  }
}

function vendorsOf(file: string, content: unknown): Seeds {
  const known = VENDORS.join(', ')
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new SeedFileError(`${file}: it holds no object. Its members are ${known}: arrays of records.`)
  for (const name of Object.keys(content)) {
    if (VENDORS.some((vendor) => vendor === name)) continue
    const near = nearest(name.replaceAll('-', ''), VENDORS)
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`
    throw new SeedFileError(`${file}: ${name}: there is no such vendor.${hint} Known are: ${known}.`)
  }
  const rows = (vendor: SeededVendor): readonly [] => {
    const given: unknown = Reflect.get(content, vendor)
    // An answer of the vendor's, saved as it came: its records are in `items` or `data`.
    const list: unknown = isJsonObject(given) ? (given.items ?? given.data) : (given ?? [])
    if (!isRows(list)) throw new SeedFileError(`${file}: ${vendor}: records come in an array.`)
    return list
  }
  return {
    chatbotkit: rows('chatbotkit'),
    cognipeer: rows('cognipeer'),
    channelInbox: rows('channelInbox'),
    contactMethods: rows('contactMethods'),
  }
}

/** What is read out of a file has no type; the emulator looks at its records itself. */
function isRows(value: unknown): value is readonly [] {
  return Array.isArray(value)
}

function wrongRecord(vendor: SeededVendor, index: number, error: unknown): string {
  const place = `${vendor}[${index}]`
  if (error instanceof UnknownName)
    return `${[place, ...error.path].join('.')}: unknown field. ${error.advice}`
  const message = error instanceof Error ? error.message : String(error)
  // The record was tried alone, so that its own index is not the one in the message.
  return `${place}: ${message.replace(/^The ([a-z ]+) at index 0 /, 'the $1 ')}`
}
