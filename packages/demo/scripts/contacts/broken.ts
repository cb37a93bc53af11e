import { EMPTY_ROW, type Row } from './row.ts'

/** A row that cannot be imported, and where it stands in the file. */
export interface BrokenRow {
  /** As a spreadsheet counts, the header being row 1. */
  readonly row: number
  readonly cells: Row
}

const broken = (row: number, cells: Partial<Row>): BrokenRow => ({
  row,
  cells: {
    ...EMPTY_ROW,
    external_id: `crm-90${row}`,
    plan: 'free',
    country: 'US',
    ...cells,
  },
})

/**
 * Every way to be refused: by any client, by the ChatBotKit adapter before a request, and by ChatBotKit's server. The blank behind an
 * id is one that the reader of the file leaves out.
 */
export const BROKEN_ROWS: readonly BrokenRow[] = [
  broken(58, { name: 'Lena Hoffmann', email: 'lena.hoffmann.example.com' }),
  broken(137, { name: 'Óscar Peña', email: 'oscar@example.com', phone: 'ask the front desk' }),
  broken(204, { external_id: '', name: 'Mia Wong', email: 'mia.wong@example.org' }),
  broken(291, {
    external_id: `import/2019/legacy/${'0123456789abcdef'.repeat(12)}`,
    name: 'Bertil Långström',
    email: 'bertil@example.net',
  }),
  broken(366, { external_id: 'crm-90366 ', name: 'Tamar Levi', email: 'tamar.levi@example.org' }),
  broken(449, { name: 'Paulo Brandão', email: 'paulo@example.com', extra: '{"_internal":"do not sync"}' }),
  broken(572, { name: 'Tobias Krüger', email: 'tobias@localhost' }),
  broken(683, { name: 'Grace Mwangi', email: 'grace@example.org', phone: '+1 234 567 890' }),
  broken(791, { name: 'Alastair Pryce', email: 'alastair@example.com', phone: '020 7946 0958' }),
  broken(905, { name: '🎉'.repeat(48), nickname: 'party', email: 'party@example.com' }),
]
