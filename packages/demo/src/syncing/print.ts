import { printHeading, printTable } from '../console-narrator.ts'
import { type OnProgress, printRemark, withBar } from '../sections.ts'
import { MARGIN, type Screen } from '../terminal/screen.ts'
import { wrap } from '../terminal/text.ts'
import { count, countOf, size } from '../words.ts'
import type { SyncingPart } from './part.ts'
import { runsTable, startsTable } from './tables.ts'

/** Runs the sync, and prints what came of it. */
export async function printSyncing(
  screen: Screen,
  number: number,
  run: (onProgress: OnProgress) => Promise<SyncingPart>,
): Promise<SyncingPart> {
  const { style, width, lines } = screen
  printHeading(screen, number, 'Sync', 'runSync(sync, { ledger }), a process of its own, killed twice')
  const part = await withBar(screen, run)
  const { source, target, changed, ledgerBytes } = part
  const text = `${countOf(source.contacts, 'contact')} go from Cognipeer to ChatBotKit. The process is killed twice on the way and started again with the same ledger; then ${countOf(changed, 'contact')} change at Cognipeer, and it runs once more.`
  lines([...wrap(text, width - MARGIN.length), ''])
  printTable(screen, startsTable(part, style))
  lines([''])
  printTable(screen, runsTable(part, style))
  const perContact = Math.round(ledgerBytes / source.contacts)
  printRemark(
    screen,
    `ChatBotKit has ${countOf(target.contacts, 'contact')}, with ${count(target.found)} of Cognipeer’s ${countOf(source.contacts, 'external id')}. The ledger has ${size(ledgerBytes)}, ${countOf(perContact, 'byte')} a contact.`,
  )
  return part
}
