import type { QueryPlan } from '@anycontact/chatbotkit'
import { readRecords } from './contacts-file.ts'
import type { Narrator, Step } from './narrator.ts'
import { SEARCH_TEXT } from './steps.ts'
import { changeTable, contactTable, outcomeTable, refusedTable, type TableContent } from './tables.ts'
import { createProgressBar } from './terminal/progress.ts'
import { MARGIN, type Screen } from './terminal/screen.ts'
import { formatTable } from './terminal/table.ts'
import { oneLine, pad, truncate, wrap } from './terminal/text.ts'
import { conditionText, countOf, duration, size } from './words.ts'

/** What the narrator needs. */
export interface NarratorOptions {
  readonly screen: Screen
  /** What the provider is called. */
  readonly providerName: string
  /** The time in milliseconds, from any beginning. */
  readonly now: () => number
  /** How many requests were sent so far. */
  readonly requestsSent: () => number
  /** Saves the export and tells where. */
  readonly save: (csv: string) => Promise<string>
}

const HEADINGS: Readonly<Record<Step, readonly [title: string, code: string]>> = {
  import: ['Import', "contacts.upsertMany(rows, { by: 'externalId' })"],
  list: ['List', 'contacts.explain({ where }), then contacts.list({ where })'],
  change: ['Update', 'contacts.update(ana, { note, customFields }), then { phone: null }'],
  search: ['Search', `contacts.search('${SEARCH_TEXT}')`],
  delete: ['Delete', 'contacts.delete(contact), then contacts.get(contact.id)'],
  export: ['Export', 'exportCsv(contacts, { columns, bom: true })'],
}
const STEPS = Object.keys(HEADINGS)

/** The names of the steps, and the gap to the code behind them. */
const TITLE_WIDTH = 10

/** How many records of the export are shown. */
const SHOWN_RECORDS = 3

/**
 * Prints a heading: the number of a step, its name, and the code that does it.
 *
 * @param number - from 1
 */
export function printHeading(
  { style, width, write }: Screen,
  number: number,
  title: string,
  code: string,
): void {
  const begin = MARGIN.length + TITLE_WIDTH
  write(
    `\n${style.cyan(pad(String(number), MARGIN.length))}${style.bold(pad(title, TITLE_WIDTH))}${style.dim(truncate(code, width - begin))}\n\n`,
  )
}

/** Prints a table below a heading. */
export function printTable({ style, width, lines }: Screen, { columns, rows }: TableContent): void {
  lines(formatTable(columns, rows, { width: width - MARGIN.length, style }))
}

/** Makes a narrator that prints each step for a person to read. */
export function createConsoleNarrator(options: NarratorOptions): Narrator {
  const { screen, providerName, now, requestsSent, save } = options
  const { style, width, lines } = screen
  const bar = createProgressBar({ ...screen, indent: MARGIN })
  let begun = { at: now(), requests: requestsSent() }
  const footer = ({ found, remark }: { readonly found?: number; readonly remark?: string } = {}): void => {
    const cost = [
      ...(found === undefined ? [] : [countOf(found, 'contact')]),
      countOf(requestsSent() - begun.requests, 'request'),
      duration(now() - begun.at),
    ].join(', ')
    const text = remark === undefined ? cost : `${cost}. ${remark}`
    lines(['', ...wrap(text, width - MARGIN.length).map(style.dim)])
  }

  return {
    begins(step) {
      const [title, code] = HEADINGS[step]
      printHeading(screen, STEPS.indexOf(step) + 1, title, code)
      begun = { at: now(), requests: requestsSent() }
    },
    importing: (progress) => bar.update(progress),
    imported(report) {
      lines([''])
      printTable(screen, outcomeTable(report, style))
      lines([''])
      printTable(screen, refusedTable(report.refused, providerName, style))
      footer({ remark: 'What AnyContact refuses is not sent. Rows are numbered as in a spreadsheet.' })
    },
    listed({ plan, contacts }) {
      printPlan(screen, providerName, plan)
      printTable(screen, contactTable(contacts))
      footer({ found: contacts.length })
    },
    changed(report) {
      printTable(screen, changeTable(report, style))
      footer({ remark: 'null clears a field; a field that is left out stays.' })
    },
    searched({ contacts }) {
      printTable(screen, contactTable(contacts))
      footer({ found: contacts.length })
    },
    deleted({ contact, errorAfterwards }) {
      const after =
        errorAfterwards === undefined ? 'still succeeds' : `fails with ${style.yellow(errorAfterwards)}`
      const text = `${contact.name ?? contact.id} is deleted; contacts.get(contact.id) ${after}.`
      lines(wrap(text, width - MARGIN.length))
      footer()
    },
    async exported({ csv, count }) {
      const path = await save(csv)
      const bytes = new TextEncoder().encode(csv).length
      lines([
        `${countOf(readRecords(csv).length, 'record')} for ${countOf(count, 'contact')}, ${size(bytes)}`,
        path,
        '',
      ])
      printRecords(screen, csv)
      footer()
    },
  }
}

/** Which part of the filter runs where. */
function printPlan({ lines, width }: Screen, providerName: string, plan: QueryPlan): void {
  const parts = [
    [`${providerName} filters`, plan.pushedDown],
    ['AnyContact filters', plan.evaluatedHere],
  ] as const
  const titleWidth = Math.max(...parts.map(([title]) => title.length)) + 2
  for (const [title, conditions] of parts) {
    const text = conditions.length === 0 ? 'nothing' : conditions.map(conditionText).join(' and ')
    const [first = '', ...rest] = wrap(text, width - MARGIN.length - titleWidth)
    lines([title.padEnd(titleWidth) + first, ...rest.map((line) => ' '.repeat(titleWidth) + line)])
  }
  lines([''])
}

/** The beginning of the file as it is, cut to the width. */
function printRecords({ style, lines, width }: Screen, csv: string): void {
  const [titles = '', ...records] = csv.replace('\uFEFF', '').split('\r\n', SHOWN_RECORDS + 1)
  const cut = (line: string): string => truncate(oneLine(line), width - MARGIN.length)
  lines([style.dim(cut(titles)), ...records.map(cut)])
}
