/**
 * The demo: starts an emulated ChatBotKit on a loopback socket, runs the program against it, then the same program in
 * memory, and compares. Exits with 0 only when every number is as it must be.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chatbotkit } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import {
  type Check,
  checkProgram,
  checkRequests,
  EXPECTED_IN_MEMORY,
  EXPECTED_WITH_CHATBOTKIT,
  failed,
} from './checks.ts'
import { checkComparison } from './comparison.ts'
import { createConsoleNarrator, printHeading, printTable } from './console-narrator.ts'
import { CONTACTS_FILE, readContacts } from './contacts-file.ts'
import { SILENT } from './narrator.ts'
import { runProgram } from './program.ts'
import { comparisonTable, requestTable } from './tables.ts'
import { createScreen, MARGIN, type Screen } from './terminal/screen.ts'
import { wrap } from './terminal/text.ts'
import { countOf, duration } from './words.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, such as `head`, has seen enough. The checks go on.
  if (error.code !== 'EPIPE') throw error
})
try {
  process.exitCode = await main(createScreen(process.stdout, process.env))
} catch (error) {
  console.error('\nThe demo broke off:', error)
  process.exitCode = 1
}

/** Runs the demo; gives the exit code. */
async function main(screen: Screen): Promise<number> {
  const { style, width, write, lines } = screen
  const now = (): number => performance.now()
  const startedAt = now()
  const inputs = readContacts(await readFile(CONTACTS_FILE, 'utf8'))
  const emulator = createEmulator()
  const server = await emulator.chatbotkit.listen()
  try {
    const intro = `The ${countOf(inputs.length, 'row')} of packages/demo/data/contacts.csv go into ChatBotKit through @anycontact/chatbotkit. The server is @anycontact/emulator on ${server.url}. Then the same program runs with @anycontact/memory.`
    write(`${style.bold('AnyContact demo')}\n\n`)
    lines(wrap(intro, width - MARGIN.length))

    let requestsSent = 0
    const contacts = chatbotkit({
      secret: CHATBOTKIT_SECRET,
      baseUrl: server.url,
      onRequest: () => {
        requestsSent++
      },
    })
    const narrator = createConsoleNarrator({
      screen,
      providerName: 'ChatBotKit',
      now,
      requestsSent: () => requestsSent,
      save,
    })
    const there = await runProgram(contacts, inputs, narrator)

    const { requests } = emulator.chatbotkit
    printHeading(screen, 7, 'Requests', 'as the emulator received them')
    printTable(screen, requestTable(requests, style))

    const memoryStartedAt = now()
    const here = await runProgram(memory(), inputs, SILENT)
    const memoryTook = duration(now() - memoryStartedAt)
    printHeading(screen, 8, 'Memory', 'the same program with memory() in place of chatbotkit({ secret })')
    printTable(screen, comparisonTable(there, here, style))
    lines(['', style.dim(`in this process, ${memoryTook}`)])

    return conclude(screen, now() - startedAt, [
      ...checkProgram(there, inputs.length, EXPECTED_WITH_CHATBOTKIT),
      ...checkProgram(here, inputs.length, EXPECTED_IN_MEMORY),
      ...checkComparison(there, here),
      ...checkRequests(requests, requestsSent, inputs, there),
    ])
  } finally {
    await server.close()
  }
}

async function save(csv: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'anycontact-demo-')), 'contacts.csv')
  await writeFile(path, csv)
  return path
}

/** Says whether everything was as it must be. */
function conclude({ style, write }: Screen, elapsedMs: number, checks: readonly Check[]): number {
  const failures = failed(checks)
  if (failures.length === 0) {
    write(`\n${style.green('✔')}  All ${checks.length} checks passed, ${duration(elapsedMs)} in all.\n`)
    return 0
  }
  write(`\n${style.red('✘')}  ${failures.length} of ${checks.length} checks failed:\n`)
  for (const { name, found, expected } of failures) {
    write(`${MARGIN}${name}: ${style.red(String(found))} instead of ${expected}\n`)
  }
  return 1
}
