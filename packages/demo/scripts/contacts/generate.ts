import { BROKEN_ROWS } from './broken.ts'
import { ANA, makePerson, makePhone, TEST_USER } from './people.ts'
import { createDraw, type Draw } from './random.ts'
import { printCsv, type Row } from './row.ts'

const SEED = 20_260_131
const TOTAL_ROWS = 1000
const CHANGED_DUPLICATES = 14
const IDENTICAL_DUPLICATES = 11
/** A duplicate stands at least so many rows after the first. */
const MIN_DISTANCE = 20

/** Makes the demo's CSV file; the same text every time. */
export function generateContactsCsv(): string {
  const draw = createDraw(SEED)
  const duplicates = CHANGED_DUPLICATES + IDENTICAL_DUPLICATES
  const people = Array.from({ length: TOTAL_ROWS - duplicates - BROKEN_ROWS.length - 2 }, (_, index) =>
    makePerson(draw, index + 1),
  )
  const rows: Row[] = [...people]
  rows.splice(40, 0, ANA)
  rows.splice(500, 0, TEST_USER)
  for (const original of chooseOriginals(draw, people, duplicates)) {
    const isChanged = rows.length - people.length - 2 < CHANGED_DUPLICATES
    const first = rows.indexOf(original) + MIN_DISTANCE
    rows.splice(first + draw.below(rows.length - first), 0, isChanged ? change(draw, original) : original)
  }
  // The header is row 1, and an array begins at 0.
  for (const { row, cells } of BROKEN_ROWS) rows.splice(row - 2, 0, cells)
  return printCsv(rows)
}

/** Different people from the first three quarters of the file, so that there is room for their duplicates behind them. */
function chooseOriginals(draw: Draw, people: readonly Row[], count: number): readonly Row[] {
  const chosen = new Set<Row>()
  const candidates = people.slice(0, Math.floor(people.length * 0.75))
  while (chosen.size < count) chosen.add(draw.pick(candidates))
  return [...chosen]
}

/** The same person later: with another plan, in another city, or under another number. */
function change(draw: Draw, row: Row): Row {
  const changes: readonly Partial<Row>[] = [
    { plan: row.plan === 'pro' ? 'team' : 'pro', score: '99.5' },
    { city: 'Singapore', country: 'SG', phone: makePhone(draw, '+65 6555 01XX') },
    { note: 'Changed their name in spring.', name: `${row.name} (Lindqvist)` },
    { consent: row.consent === 'true' ? 'false' : 'true', nickname: 'new nickname' },
  ]
  return { ...row, ...draw.pick(changes) }
}
