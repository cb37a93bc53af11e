import {
  type Capabilities,
  type ContactInput,
  type Contacts,
  ContactsError,
  type RefKey,
  type WritableField,
} from '@anycontact/core'
import { type Adapter, createContacts, defineAdapter, keyForm } from '@anycontact/core/adapter-kit'
import { checkInit, type InputSourceInit, type RefusedInput } from './init.ts'
import { inputReader } from './input-contact.ts'
import { QUIET } from './quietly.ts'
import { type InputRow, type NumberedRow, RowReader } from './row-reader.ts'

/** So many rows are given at a time. */
const PAGE = 500

/** So many readings can be under way at once without beginning again at the first row for each page. */
const MAX_OPEN = 2

const capabilities = {
  list: {
    mode: 'native',
    pagination: 'cursor',
    maxPageSize: PAGE,
    complete: true,
    total: false,
    where: {},
    orderBy: [],
  },
} as const satisfies Capabilities

/** Inputs as a client that can only list: the source of a sync in one direction. */
export interface InputSource<Fields extends readonly WritableField[] = readonly WritableField[]>
  extends Contacts<Adapter<typeof capabilities, ContactInput, never, undefined>>,
    AsyncDisposable {
  /** The fields that its contacts can have. */
  readonly fields: Fields
}

/**
 * Makes the source of a sync of inputs that are read row by row, such as a CSV file, so that an import of any size goes on where it was
 * stopped, writes only what changed the next time, and can be verified.
 *
 * - **Going on**: rows before the place at which it was stopped are read once more and passed over. Where they are not the same any
 *   more, the reading begins anew.
 * - **Rows that are refused** don't end it. They are told to `onRefused` and counted as `unreadable` in the report; what they would have
 *   said is not known, so that nothing counts as deleted.
 * - **A key that comes twice** is refused the second time. To know it, a source keeps 16 to 32 bytes of each row while it is read.
 * - **Ids**: an input is known by its key. In the ledger it is the key itself for ids, and a hash of an email address or a phone number.
 *
 * @param init - where the inputs come from, their key and their fields
 * @throws ContactsError `config` for what cannot work
 *
 * @example
 * ```ts
 * const source = inputSource({
 *   provider: 'csv',
 *   by: 'externalId',
 *   fields: ['name', 'email', 'customFields'],
 *   open: () => readCsv(createReadStream('contacts.csv'), { by: 'externalId' }),
 *   onRefused: ({ line, error }) => console.error(line, error.message),
 * })
 * const sync = defineSync({ name: 'import', source, target: chatbotkit({ secret }), by: 'externalId' })
 * await runSync(sync, { ledger })
 * ```
 */
export function inputSource<const Fields extends readonly WritableField[], const By extends RefKey>(
  init: InputSourceInit<Fields, By>,
): InputSource<Fields> {
  const { provider, by, fields, open, onRefused } = checkInit(init)
  const toContact = inputReader(init)
  const opened = new Map<string, RowReader>()
  const refusals = new Refusals(onRefused)
  const keyOf = (input: ContactInput): string | undefined => {
    const key = input[by]
    return typeof key === 'string' ? keyForm(by, key) : undefined
  }
  const onPassed = ({ row, number }: NumberedRow): void => {
    try {
      toContact(inputOf(row))
    } catch (error) {
      if (ContactsError.is(error)) refusals.tell(row, number, error)
    }
  }
  const take = async (place: string | undefined, signal: AbortSignal): Promise<RowReader> => {
    const reader = place === undefined ? undefined : opened.get(place)
    if (place !== undefined) opened.delete(place)
    return reader ?? RowReader.open(await open(), place, signal, { keyOf, onPassed: onRefused && onPassed })
  }
  const keep = async (reader: RowReader): Promise<void> => {
    opened.set(reader.place, reader)
    for (const [place, oldest] of opened) {
      if (opened.size <= MAX_OPEN) return
      opened.delete(place)
      await oldest.close()
    }
  }
  const adapter = defineAdapter<typeof capabilities, ContactInput, never, undefined>({
    specVersion: 1,
    provider,
    capabilities,
    api: undefined,
    async list({ cursor, pageSize = PAGE }, context) {
      const { signal } = context.call
      if (cursor === undefined) refusals.begin()
      const reader = await take(cursor, signal)
      try {
        const rows = await reader.read(pageSize, signal)
        const items = context.mapRecords(rows, (record) => toContact(inputOf(numbered(record).row)))
        if (reader.isEnded) return { items }
        await keep(reader)
        return { items, nextCursor: reader.place }
      } catch (error) {
        await reader.close()
        throw error
      }
    },
  })
  const client = createContacts(adapter, {
    onInvalid(error, record) {
      const { row, number } = numbered(record)
      refusals.tell(row, number, error)
      return 'skip'
    },
  })
  // With readings of its own, so that they don't meet those of the source.
  const quiet = onRefused && inputSource({ ...init, onRefused: undefined })
  const dispose = async (): Promise<void> => {
    const readers = [...opened.values()]
    opened.clear()
    for (const reader of readers) await reader.close()
    await quiet?.[Symbol.asyncDispose]()
  }
  return Object.assign(client, { fields, [Symbol.asyncDispose]: dispose, ...(quiet && { [QUIET]: quiet }) })
}

/** What is read is the reader's own. */
function numbered(record: unknown): NumberedRow {
  return record as NumberedRow
}

/** The input of a row. @throws ContactsError `bad_response` for a row that has none */
function inputOf({ contact, error }: InputRow): ContactInput {
  if (contact) return contact
  const { message, issues } = error
  throw new ContactsError({ code: 'bad_response', message, issues, cause: error })
}

/** Tells of rows that are refused, of each once in a reading, though it is read again to go on. */
class Refusals {
  readonly #onRefused: ((refused: RefusedInput) => void) | undefined
  /** So many rows were looked at. */
  #told = 0

  constructor(onRefused: ((refused: RefusedInput) => void) | undefined) {
    this.#onRefused = onRefused
  }

  /** A reading begins. */
  begin(): void {
    this.#told = 0
  }

  /** @param error - what is wrong with the row, where it does not say so itself */
  tell({ error: own, line }: InputRow, number: number, error: ContactsError): void {
    if (number < this.#told) return
    this.#told = number + 1
    try {
      this.#onRefused?.({ error: own ?? error, line })
    } catch {
      // What a listener does wrong must not end the reading.
    }
  }
}
