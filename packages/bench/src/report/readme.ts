import { betweenMarks, putBetween } from './guide.ts'

/**
 * The cell of a table of the guide.
 *
 * @param id - the table's
 * @param row - what the row is about, without the marks of bold and of code
 * @param column - how its head begins
 * @throws Error where there is none
 */
export function cellOf(guide: string, id: string, row: string, column: string): string {
  const lines = betweenMarks(guide, id).split('\n')
  const [head = [], ...rows] = lines.filter((line) => line.startsWith('| ')).map(cellsOf)
  const at = head.findIndex((cell) => cell.startsWith(column))
  const cell = rows.find(([first]) => first === row)?.[at]
  if (cell === undefined) throw new Error(`The guide's table ${id} has no "${row}" with "${column}".`)
  return cell
}

/** The figures that README shows, out of the guide's tables: so they cannot say anything else. */
export function figuresOf(guide: string): string {
  const cpu = (row: string): string => cellOf(guide, 'listing', `${row}: AnyContact`, 'of the plain loop')
  const faster = (row: string): string => cellOf(guide, 'latency', row, 'times as fast')
  const heap = (count: string): string =>
    cellOf(guide, 'memory', 'one JSONL stream: AnyContact', `heap at ${count}`)
  const bundle = cellOf(guide, 'bundles', 'chatbotkit', 'kB')
  const [start = ''] = cellOf(guide, 'imports', '@anycontact/chatbotkit', 'time').split(' ')
  return `- **Waiting**: at 20 ms an answer, 20,000 contacts come ${faster('ChatBotKit: AnyContact, one stream')} as fast by ChatBotKit's stream as page after page with \`@chatbotkit/sdk\`, and ${faster('Cognipeer: AnyContact, several pages at once')} as fast by Cognipeer's numbered pages as with a plain loop.
- **CPU**: of the processor time of a plain loop of \`fetch\` and \`JSON.parse\`, a listing takes ${cpu('one JSONL stream')} by stream, ${cpu('pages of 100, by cursor')} by pages and ${cpu('pages of 100, numbered')} by numbered pages.
- **Memory**: ${heap('10,000')} MiB of heap while 10,000 contacts are listed, ${heap('1,000,000')} MiB while a million are.
- **Size**: the ChatBotKit client is ${bundle} kB in a bundle, minified and gzipped, with all that it imports; importing it takes ${start} ms.`
}

/** README with the figures of the guide. */
export function putFigures(readme: string, guide: string): string {
  return putBetween(readme, 'figures', figuresOf(guide))
}

/** The cells of a line of a table, without the marks of bold and of code. */
function cellsOf(line: string): string[] {
  return line
    .slice(2, -2)
    .split(' | ')
    .map((cell) => cell.replaceAll(/[*`]/g, '').trim())
}
