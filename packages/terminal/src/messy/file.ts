import { writeFile } from 'node:fs/promises'

/** How many rows the file has, its header and blank lines apart. */
export const ROWS = 2_000

const GIVEN = [
  'Ana',
  'Zoë',
  'Søren',
  'Priya',
  'Jane',
  "D'Arcy",
  'Łukasz',
  'İpek',
  'Nguyễn',
  'O’Neil',
] as const
const FAMILY = [
  'Souza',
  'Müller',
  'Kjær',
  'Nair',
  'Doe',
  'van der Berg',
  'Wójcik',
  'Çelik',
  'Thị Mai',
  'Sørensen',
] as const
const WIDE = ['山田 太郎', '李小龍', '김민준', 'محمد علي', 'Дмитрий Иванов', 'Mia 🌺 Lee'] as const
const PLANS = ['free', 'pro', 'Pro ', '', 'team'] as const

/** What a row is made of; every column is text as somebody has typed it. */
interface Cells {
  name: string
  email: string
  phone: string
  plan: string
  note: string
  /** A cell too many, or one too few. */
  length: number
}

/** What is wrong with a row so that it is refused, by the place of the row in every hundred. */
const REFUSED: Readonly<Record<number, (cells: Cells, earlier: string) => void>> = {
  17: (cells) => {
    cells.email = cells.email.replace('@', ' at ')
  },
  38: (cells) => {
    cells.email = ''
  },
  56: (cells) => {
    cells.phone = '4.41632E+11'
  },
  // The same person once more, in other letters.
  73: (cells, earlier) => {
    cells.email = earlier.toUpperCase()
  },
  91: (cells) => {
    cells.length = 6
  },
}

/** What is odd about a row that can be read, by its place in every fifty. */
const ODD: Readonly<Record<number, (cells: Cells) => void>> = {
  3: (cells) => {
    cells.note = 'Met at the fair; wants the "big" plan.\nCall again in May.'
  },
  9: (cells) => {
    cells.email = `  ${cells.email} `
  },
  14: (cells) => {
    cells.note = '=HYPERLINK("http://example.com","click")'
  },
  21: (cells) => {
    cells.name = `${cells.name}\u001b]0;owned\u0007`
  },
  28: (cells) => {
    cells.phone = ''
  },
  33: (cells) => {
    cells.name = ` ${cells.name}  `
  },
  44: (cells) => {
    cells.phone = `'${cells.phone}`
  },
}

/** How many rows of the file are refused. */
export const REFUSED_ROWS: number = (ROWS / 100) * Object.keys(REFUSED).length

/**
 * A file as it comes out of a spreadsheet that many people have typed into: with semicolons and a byte order mark, blank lines, notes over
 * several lines, names in many scripts, keys that come twice, and rows that cannot be read. Each time the same.
 */
function messyCsv(rows: number): string {
  const lines = ['Full Name;E-mail Address;Mobile Phone;Plan;Notes']
  let earlier = ''
  for (let at = 0; at < rows; at += 1) {
    const cells = person(at)
    ODD[at % 50]?.(cells)
    REFUSED[at % 100]?.(cells, earlier)
    if (at % 100 === 50) earlier = cells.email
    if (at % 400 === 399) lines.push(';;;;')
    lines.push(row(cells))
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** Writes it, or its first rows. */
export async function writeMessy(path: string, rows: number = ROWS): Promise<void> {
  await writeFile(path, messyCsv(rows))
}

function person(at: number): Cells {
  const of = <T>(list: readonly [T, ...T[]] | readonly T[], step: number): T | undefined =>
    list[Math.floor(at / step) % list.length]
  const wide = at % 11 === 0 ? of(WIDE, 11) : undefined
  return {
    name: wide ?? `${of(GIVEN, 1)} ${of(FAMILY, 10)}`,
    email: `lead${String(at).padStart(4, '0')}@example.com`,
    phone: `+1 (415) 55${Math.floor(at / 1_000)}-${String(2_000 + at).slice(-4)}`,
    plan: of(PLANS, 3) ?? '',
    note: '',
    length: 5,
  }
}

function row({ name, email, phone, plan, note, length }: Cells): string {
  const cells = [name, email, phone, plan, note, 'x'].slice(0, length)
  return cells.map((cell) => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')
}
