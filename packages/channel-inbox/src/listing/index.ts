export { type ExportInboxCsvOptions, exportInboxCsv } from './csv-export.ts'
export { createListings, PAGE_SIZE } from './pages.ts'
