import { chatbotkitKit } from './kits/chatbotkit.ts'
import { channelInboxKit } from './kits/channel-inbox.ts'
import { cognipeerKit } from './kits/cognipeer.ts'
import { contactMethodsKit } from './kits/contact-methods.ts'
import { cellsOf } from './table.ts'

const t = Date.now()
let n = 0
const bad = new Map<string, number>()
const [only, onlyFault] = process.argv.slice(2)
const KITS = [chatbotkitKit, cognipeerKit, channelInboxKit, contactMethodsKit]
for (const kit of KITS) {
for await (const cell of cellsOf(kit, {
  operation: (name) => only === undefined || name.includes(only),
  fault: (name) => onlyFault === undefined || name.includes(onlyFault),
})) {
  n += 1
  if (only)
    console.log(cell.fault, '|', cell.when, '|', cell.text, cell.broken.length ? `BROKEN ${cell.broken}` : '')
  for (const law of cell.broken) {
    const key = `${cell.provider} ${cell.operation} / ${law}`
    bad.set(key, (bad.get(key) ?? 0) + 1)
  }
}
}
console.log(n, Date.now() - t)
console.log([...bad].map(([k, v]) => `${v}  ${k}`).join('\n'))
