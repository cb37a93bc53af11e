/**
 * The demo: starts the emulated vendors on one loopback socket, runs the program against ChatBotKit, then the same program in
 * memory and with the other providers as far as they can, copies contacts from one to another, and syncs two by a process that is
 * killed on the way. Exits with 0 only when every number is as it must be.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator } from '@anycontact/emulator'
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
import { runCopying } from './copying.ts'
import { SILENT } from './narrator.ts'
import { type PartsContacts, runParts } from './parts.ts'
import { runProgram } from './program.ts'
import {
  checkCopying,
  checkParts,
  EXPECTED_WITH_CHANNEL_INBOX,
  EXPECTED_WITH_COGNIPEER,
  EXPECTED_WITH_CONTACT_METHODS,
} from './provider-checks.ts'
import { createMeter, type Meter, measured, type ProviderRun } from './provider-run.ts'
import {
  makeChannelInbox,
  makeChatBotKit,
  makeCognipeer,
  makeContactMethods,
  OTHER_SECRET,
} from './providers.ts'
import { type PartsSection, printCopying, printMemory, printParts, printProviders } from './sections.ts'
import { checkSyncing } from './syncing/checks.ts'
import { DEMO_SIZE, runSyncingPart } from './syncing/part.ts'
import { printSyncing } from './syncing/print.ts'
import { requestTable } from './tables.ts'
import { createScreen, MARGIN, type Screen } from './terminal/screen.ts'
import { wrap } from './terminal/text.ts'
import { countOf, duration } from './words.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, for example `head`, has seen enough. The checks go on.
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
  const startedAt = now()
  const rows = await readContacts(CONTACTS_FILE)
  const emulator = createEmulator({ chatbotkit: { secrets: { [OTHER_SECRET]: 'another account' } } })
  const server = await emulator.listen()
  const { url } = server
  try {
    const intro = `The ${countOf(rows.length, 'row')} of packages/demo/data/contacts.csv go into ChatBotKit through @anycontact/chatbotkit. The server is @anycontact/emulator on ${url}. Then the same program runs with the other providers, and contacts are copied from one to another, and synced.`
    write(`${style.bold('AnyContact demo')}\n\n`)
    lines(wrap(intro, width - MARGIN.length))

    const meter = createMeter()
    const client = makeChatBotKit({ url, onRequest: meter.onRequest })
    const narrator = createConsoleNarrator({
      screen,
      providerName: 'ChatBotKit',
      now,
      requestsSent: meter.requests,
      save,
    })
    const there = await measured('ChatBotKit', meter, now, () => runProgram(client, rows, narrator))
    const { requests } = emulator.chatbotkit
    const requestChecks = checkRequests(requests, there.requests, there.report)
    printHeading(screen, 7, 'Requests', 'as the emulator received them')
    printTable(screen, requestTable(requests, style))

    const here = await measured('Memory', createMeter(), now, () => runProgram(memory(), rows, SILENT))
    printMemory(screen, there.report, here)

    const show = (
      about: Omit<PartsSection, 'run'>,
      partsMeter: Meter,
      contacts: PartsContacts,
    ): Promise<ProviderRun> =>
      printParts(screen, {
        ...about,
        run: (onProgress) =>
          measured(about.title, partsMeter, now, () => runParts(contacts, rows, onProgress)),
      })

    const cognipeerMeter = createMeter()
    const cognipeer = makeCognipeer({ url, ...cognipeerMeter })
    const atCognipeer = await show(
      {
        number: 9,
        title: 'Cognipeer',
        code: 'cognipeer({ token, hookId })',
        remark: 'Each upsert is a lookup and a write: Cognipeer has no upsert of its own.',
      },
      cognipeerMeter,
      cognipeer,
    )

    const inboxMeter = createMeter()
    const atInbox = await show(
      {
        number: 10,
        title: 'Inbox',
        code: 'channelInbox({ apiKey })',
        remark:
          'By createMany, the rows of one person once: the inbox keeps no id of the caller’s to upsert by.',
      },
      inboxMeter,
      makeChannelInbox({ url, ...inboxMeter }),
    )

    const methodsMeter = createMeter()
    const atMethods = await show(
      {
        number: 11,
        title: 'Methods',
        code: "contactMethods({ apiKey, environment: 'test' })",
        remark: 'A contact is a client with its addresses and numbers; the key is the client id.',
      },
      methodsMeter,
      makeContactMethods({ url, ...methodsMeter }),
    )
    printProviders(screen, 12, [there, here, atCognipeer, atInbox, atMethods])

    const otherMeter = createMeter()
    const other = makeChatBotKit({ url, onRequest: otherMeter.onRequest }, OTHER_SECRET)
    const copying = await printCopying(screen, 13, (onProgress) => runCopying(cognipeer, other, onProgress), {
      now,
      requests: () => cognipeerMeter.requests() + otherMeter.requests(),
    })

    const syncing = await printSyncing(screen, 14, (onProgress) =>
      runSyncingPart(DEMO_SIZE, { now, onProgress }),
    )

    return conclude(screen, now() - startedAt, [
      ...checkProgram(there.report, rows.length, EXPECTED_WITH_CHATBOTKIT),
      ...checkProgram(here.report, rows.length, EXPECTED_IN_MEMORY),
      ...checkComparison(there.report, here.report),
      ...requestChecks,
      ...checkParts(atCognipeer, here.report, EXPECTED_WITH_COGNIPEER),
      ...checkParts(atInbox, here.report, EXPECTED_WITH_CHANNEL_INBOX),
      ...checkParts(atMethods, here.report, EXPECTED_WITH_CONTACT_METHODS),
      ...checkCopying(copying),
      ...checkSyncing(syncing, DEMO_SIZE),
    ])
  } finally {
    await server.close()
  }
}

function now(): number {
  return performance.now()
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
