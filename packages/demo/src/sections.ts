/** The sections of the output after the first provider's. */
import { printHeading, printTable } from './console-narrator.ts'
import { type CopyingReport, copyFailureTable, copyTable } from './copying.ts'
import type { ProviderRun } from './provider-run.ts'
import { partsTable, providersTable } from './provider-tables.ts'
import type { ProgramReport } from './report.ts'
import { comparisonTable } from './tables.ts'
import { createProgressBar } from './terminal/progress.ts'
import { MARGIN, type Screen } from './terminal/screen.ts'
import { wrap } from './terminal/text.ts'
import { countOf, duration } from './words.ts'

/** Prints the run in memory beside ChatBotKit's. */
export function printMemory(screen: Screen, there: ProgramReport, here: ProviderRun<ProgramReport>): void {
  printHeading(screen, 8, 'Memory', 'the same program with memory() in place of chatbotkit({ secret })')
  printTable(screen, comparisonTable(there, here.report, screen.style))
  printRemark(screen, `in this process, ${duration(here.elapsedMs)}`)
}

/** Told how far something is. */
export type OnProgress = (progress: { readonly done: number; readonly total?: number }) => void

/** A provider that cannot do all of the program. */
export interface PartsSection {
  readonly number: number
  readonly title: string
  readonly code: string
  /** What a reader may wonder about. */
  readonly remark: string
  /** Runs the parts. */
  readonly run: (onProgress: OnProgress) => Promise<ProviderRun>
}

/** Runs the parts with a provider, and prints what came of them. */
export async function printParts(screen: Screen, section: PartsSection): Promise<ProviderRun> {
  const { number, title, code, remark, run } = section
  printHeading(screen, number, title, code)
  const result = await withBar(screen, run)
  printTable(screen, partsTable(result, screen.style))
  printRemark(screen, `${countOf(result.requests, 'request')}, ${duration(result.elapsedMs)}. ${remark}`)
  return result
}

/** Prints the numbers of all providers. */
export function printProviders(screen: Screen, number: number, runs: readonly ProviderRun[]): void {
  printHeading(screen, number, 'Compared', 'one program, five providers')
  printTable(screen, providersTable(runs, screen.style))
  printRemark(
    screen,
    'Where contacts have no custom fields, the filter asks for a phone number alone. A dash is what a provider cannot do.',
  )
}

/** Runs a copy, and prints what came of it. */
export async function printCopying(
  screen: Screen,
  number: number,
  run: (onProgress: OnProgress) => Promise<CopyingReport>,
  cost: { readonly now: () => number; readonly requests: () => number },
): Promise<CopyingReport> {
  printHeading(screen, number, 'Copy', "copyContacts(cognipeer, chatbotkit, { by: 'externalId' })")
  const [startedAt, sentBefore] = [cost.now(), cost.requests()]
  const report = await withBar(screen, run)
  const { marked, copy, count } = report
  screen.lines(
    wrap(
      `${countOf(marked, 'contact')} got tags and a status at Cognipeer, which ChatBotKit has no fields for. Then all went into an empty account of ChatBotKit, which now has ${countOf(count, 'contact')}.`,
      screen.width - MARGIN.length,
    ),
  )
  screen.lines([''])
  printTable(screen, copyTable(report, screen.style))
  if (copy.failed.length > 0) {
    screen.lines([''])
    printTable(screen, copyFailureTable(report, screen.style))
  }
  printRemark(
    screen,
    `${countOf(cost.requests() - sentBefore, 'request')}, ${duration(cost.now() - startedAt)}. A dry run writes nothing, so it does not know what ChatBotKit itself refuses, or drops of a contact.`,
  )
  return report
}

/** Runs something with a progress bar where a line can be printed over; elsewhere these sections stay short. */
export async function withBar<Result>(
  screen: Screen,
  run: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  if (!screen.redraws) return run(() => {})
  const bar = createProgressBar({ ...screen, indent: MARGIN })
  let isShown = false
  const result = await run((progress) => {
    bar.update(progress)
    isShown = true
  })
  if (isShown) screen.lines([''])
  return result
}

/** Prints what a reader may wonder about, below a table. */
export function printRemark({ style, width, lines }: Screen, text: string): void {
  lines(['', ...wrap(text, width - MARGIN.length).map(style.dim)])
}
