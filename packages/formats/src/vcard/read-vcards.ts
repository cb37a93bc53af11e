import type { RefKey } from '@anycontact/core'
import { badFile } from '../problems.ts'
import type { Damage } from '../source/decode.ts'
import { type FileInput, readChunks } from '../source/input.ts'
import { CardCutter, type CutCard } from './cards.ts'
import { checkVCardOptions, type ReadVCardsOptions, type VCardSettings } from './options.ts'
import { type RawForm, rawParts } from './raw.ts'
import { cardReader, type VCardRow } from './row.ts'
import { TextReader } from './text.ts'

/**
 * Reads contacts from a vCard file, card by card, in little memory. A card of which no contact can be made is given with its error and
 * the line in which it begins, and the next one is read.
 *
 * - **Versions**: 2.1, 3.0 and 4.0, also in one file; what software writes that keeps to none of them is read as it is meant.
 * - **Fields**: `FN` is the `name`; `N` gives the given and the family name, and nothing is split or joined. `UID` is the `externalId`,
 *   without `urn:uuid:`. `EMAIL` and `TEL` are the contact methods, of which the preferred one of each type, else the first, is the
 *   primary one. `NOTE`, `NICKNAME`, `LANG`, `TZ`, `CATEGORIES` and a `PHOTO` on the web have fields of the contact, too.
 * - **Custom fields** are made of the others: `organization`, `organizationUnits`, `jobTitle`, `role`, `birthday`, `anniversary`,
 *   `additionalName`, `namePrefix`, `nameSuffix`, `addresses` and `urls`, and what else there is under its name in capitals:
 *   `X-SKYPE`, `IMPP`.
 * - **Notes** of a row say what was left out, such as a picture within the file. `PRODID` and `REV` are about the card, and left
 *   out in silence.
 * - **Encoding**: that of a byte order mark, that of `CHARSET`, else `encoding`.
 *
 * @param input - the file
 * @param options - the key of its contacts, its encoding, what becomes of mobile numbers
 * @returns the rows, which can be read once. Nothing is read before.
 * @throws ContactsError `invalid_input` for options that cannot work; when it is iterated over, for a file that has no card. What reading
 * the file throws is thrown as it is.
 *
 * @example
 * ```ts
 * for await (const { contact, error, line, notes } of readVCards(createReadStream('contacts.vcf'))) {
 *   if (error) console.error(line, error.message)
 *   else console.log(contact.name, contact.email, notes)
 * }
 * ```
 */
export function readVCards<By extends RefKey = never>(
  input: FileInput,
  options?: ReadVCardsOptions<By>,
): AsyncIterable<VCardRow<By>> {
  const settings = checkVCardOptions(options)
  // The settings say the same key as the type does.
  return new VCardFile(input, settings) as AsyncIterable<VCardRow<RefKey>> as AsyncIterable<VCardRow<By>>
}

class VCardFile implements AsyncIterable<VCardRow> {
  readonly #parts: AsyncGenerator<string, void, undefined>
  readonly #settings: VCardSettings
  readonly #reader: TextReader
  #isRead = false

  constructor(input: FileInput, settings: VCardSettings) {
    const form: RawForm = { charset: undefined }
    const damage: Damage = { isFound: false }
    this.#parts = rawParts(readChunks(input), settings.encoding, form, damage)
    this.#settings = settings
    this.#reader = new TextReader(form, damage, settings.encoding)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<VCardRow, void, undefined> {
    if (this.#isRead) throw badFile('has been read already: make the rows anew')
    this.#isRead = true
    const read = cardReader(this.#settings, this.#reader)
    /** What stands before the first card: a file without any is none. */
    let before: CutCard | undefined
    let hasCard = false
    for await (const cards of this.#batches()) {
      for (const card of cards) {
        if (hasCard) yield read(card)
        else if (
          card.problem === 'is no card' ||
          (card.problem === 'is too long' && card.lines.length === 0)
        ) {
          before = card
        } else {
          hasCard = true
          if (before) yield read(before)
          yield read(card)
        }
      }
    }
    if (!hasCard) throw badFile(noCardMessage(before))
  }

  async *#batches(): AsyncGenerator<readonly CutCard[], void, undefined> {
    const cutter = new CardCutter()
    for await (const part of this.#parts) yield cutter.push(part)
    yield cutter.end()
  }
}

function noCardMessage(before: CutCard | undefined): string {
  const [first] = before?.lines ?? []
  if (!before) return 'is empty'
  if (first && /^\s*[[{]/.test(first)) return 'is JSON, and no vCard: jCard is not read'
  if (before.lines.length === 1 && /\.(?:vcf|vcard)\s*$/i.test(first ?? '')) {
    return 'is a path, where the text of the file is wanted: give createReadStream(path)'
  }
  return 'has no card: each begins with the line BEGIN:VCARD'
}
