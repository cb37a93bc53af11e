/**
 * Runs the fault table, judges it, and writes it to `packages/proofs/faults.json` and its summary into the guide. `--check` writes
 * nothing and fails when a file is not what it would write. With other words, it prints the cells whose names have them all.
 */
import { MadeFile } from './files.ts'
import { channelInboxKit } from './kits/channel-inbox.ts'
import { chatbotkitKit } from './kits/chatbotkit.ts'
import { cognipeerKit } from './kits/cognipeer.ts'
import { contactMethodsKit } from './kits/contact-methods.ts'
import { jsonOf, nameOf } from './printed.ts'
import { withSummary } from './summary.ts'
import { type Cell, type CellName, cellsOf } from './table.ts'

const KITS = [chatbotkitKit, cognipeerKit, channelInboxKit, contactMethodsKit]

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isCheck = process.argv.includes('--check')
const started = Date.now()
const cells: Cell[] = []
const isWanted = (name: CellName): boolean => words.every((word) => nameOf(name).includes(word))

for (const kit of KITS) {
  for await (const cell of cellsOf(kit, isWanted)) {
    cells.push(cell)
    if (words.length > 0) console.log(`${nameOf(cell)}: ${cell.text}`)
  }
}

const red = cells.filter(({ broken }) => broken.length > 0)
for (const cell of red) console.error(`${nameOf(cell)}: ${cell.text}\n  ${cell.broken.join('\n  ')}`)
const seconds = Math.round((Date.now() - started) / 1000)
console.log(`${cells.length} cells in ${seconds} s; ${red.length} break a law.`)
if (red.length > 0) process.exitCode = 1
if (words.length === 0) finish()

function finish(): void {
  const guide = new MadeFile('docs/guides/reliability.md')
  const made = [
    { file: new MadeFile('packages/proofs/faults.json'), text: jsonOf(cells) },
    { file: guide, text: withSummary(guide.read(), cells) },
  ]
  for (const { file, text } of made) {
    if (!isCheck) file.write(text)
    else if (!file.check(text)) process.exitCode = 1
  }
}
