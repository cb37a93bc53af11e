export { type ExportInboxCsvOptions, exportInboxCsv } from './csv-export.ts'
export { createListings, type InboxListings, PAGE_SIZE } from './pages.ts'
