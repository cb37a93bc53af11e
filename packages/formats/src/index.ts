/**
 * Contacts from files and to files: readers that give contacts row by row, what imports them with a report by line, and writers.
 *
 * @packageDocumentation
 */
export type { CsvColumnUse } from './csv/column.ts'
export type { CsvHeader } from './csv/header.ts'
export type { CsvMethodTarget, CsvTarget, CsvValueType, ReadCsvOptions } from './csv/options.ts'
export { type CsvRows, readCsv } from './csv/read-csv.ts'
export { type RefusedRows, refusedCsv } from './csv/refused-csv.ts'
export type { CsvContact, CsvOrigin, CsvRow } from './csv/row.ts'
export { type ImportFailure, type ImportReport, importContacts } from './import/import-contacts.ts'
export { type ReadNdjsonOptions, readNdjson } from './ndjson/read-ndjson.ts'
export { type RefusedLines, refusedNdjson } from './ndjson/refused-ndjson.ts'
export type { NdjsonOrigin, NdjsonRow } from './ndjson/row.ts'
export { type WriteNdjsonOptions, writeNdjson } from './ndjson/write-ndjson.ts'
export type { BadRow, ContactOfRow, ContactRow, GoodRow } from './rows.ts'
export type { ChunkStream, FileChunk, FileInput } from './source/input.ts'
export type { TextStream } from './target/text-stream.ts'
export type { ReadVCardsOptions } from './vcard/options.ts'
export { readVCards } from './vcard/read-vcards.ts'
export { type RefusedCards, refusedVCards } from './vcard/refused-vcards.ts'
export type { VCardContact, VCardOrigin, VCardRow } from './vcard/row.ts'
export { type VCardLeftOut, type WriteVCardsOptions, writeVCards } from './vcard/write-vcards.ts'
