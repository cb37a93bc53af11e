import { FAULTS } from '../shared/faults.ts'
import type { FromWorker } from '../shared/messages.ts'
import { element, table } from './dom.ts'

/** How many requests are kept on the page. */
const ROWS = 300

type Of<Type extends FromWorker['type']> = Extract<FromWorker, { readonly type: Type }>

/** The part of the page that shows what went over the network. */
export interface Requests {
  clear(): void
  sent(request: Of<'request'>): void
  answered(answer: Of<'answer'>): void
  broken(body: Of<'broken'>): void
  waits(wait: Of<'wait'>): void
  /** Nothing is waited for any more. */
  over(): void
  readonly sentCount: () => number
  readonly repeatedCount: () => number
}

interface Row {
  readonly status: HTMLElement
  readonly time: HTMLElement
}

/** Shows requests in a box. */
export function createRequests(box: HTMLElement): Requests {
  let rows = new Map<number, Row>()
  let body = emptyTable(box)
  let sent = 0
  let repeated = 0

  const append = (row: HTMLTableRowElement): void => {
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40
    body.append(row)
    while (body.childElementCount > ROWS) body.firstElementChild?.remove()
    if (isAtEnd) box.scrollTop = box.scrollHeight
  }

  return {
    clear() {
      rows = new Map()
      body = emptyTable(box)
      sent = 0
      repeated = 0
    },
    sent({ id, method, host, path, attempt, fault }) {
      sent += 1
      if (attempt > 1) repeated += 1
      const status = element('td', 'state pending', '…')
      const time = element('td', 'number', '')
      const request = element('td', 'request', element('strong', '', method), ' ', path)
      request.title = `${method} https://${host}${path}`
      if (fault !== 'none') request.append(' ', element('span', 'mark', FAULTS[fault].mark))
      const count = element('td', attempt > 1 ? 'number again' : 'number', String(attempt))
      append(
        element(
          'tr',
          fault === 'none' ? '' : 'faulty',
          element('td', 'number', String(id)),
          request,
          count,
          status,
          time,
        ),
      )
      rows.set(id, { status, time })
      rows.delete(id - ROWS)
    },
    answered({ id, status, ms, problem }) {
      const row = rows.get(id)
      if (row === undefined) return
      row.status.textContent = status === undefined ? (problem ?? 'no answer') : String(status)
      row.status.className = `state ${status !== undefined && status < 400 ? 'good' : 'bad'}`
      row.time.textContent = String(Math.round(ms))
    },
    broken({ id, bytes }) {
      const row = rows.get(id)
      if (row === undefined) return
      row.status.append(element('span', 'note', ` broke off after ${bytes} bytes`))
      row.status.className = 'state bad'
    },
    waits({ operation, code, delayMs }) {
      const bar = element('span', 'bar')
      bar.style.animationDuration = `${Math.max(1, delayMs)}ms`
      const cell = element('td', '', `${code}: ${operation} waits ${seconds(delayMs)}, then goes on `, bar)
      cell.colSpan = 5
      append(element('tr', 'wait', cell))
    },
    over() {
      for (const state of box.querySelectorAll('.pending')) {
        state.textContent = 'stopped'
        state.className = 'state bad'
      }
    },
    sentCount: () => sent,
    repeatedCount: () => repeated,
  }
}

function emptyTable(box: HTMLElement): HTMLTableSectionElement {
  const made = table(['#', 'Request', 'Attempt', 'Status', 'ms'], [])
  box.replaceChildren(made)
  const [body] = made.tBodies
  return body ?? made.createTBody()
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
