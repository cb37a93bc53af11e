import { FAULTS } from '../shared/faults.ts'
import type { FromWorker } from '../shared/messages.ts'
import { element, followEnd, table } from './dom.ts'

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
  /** Shows all that was told; where the program was stopped, nothing is waited for any more. */
  over(isStopped: boolean): void
  readonly sentCount: () => number
  readonly repeatedCount: () => number
}

/** What is known of a request. */
interface Exchange {
  readonly request: Of<'request'>
  answer?: Of<'answer'>
  brokenAfter?: number
  /** Where it is shown. */
  cells?: { readonly status: HTMLElement; readonly time: HTMLElement }
}

/** Shows requests in a box, once a frame: a program can send thousands in that time. */
export function createRequests(box: HTMLElement): Requests {
  const toEnd = followEnd(box)
  let exchanges = new Map<number, Exchange>()
  let rows: (() => HTMLTableRowElement)[] = []
  let body = emptyTable(box)
  let sent = 0
  let repeated = 0
  let frame = 0

  const draw = (): void => {
    cancelAnimationFrame(frame)
    frame = 0
    body.append(...rows.slice(-ROWS).map((make) => make()))
    rows = []
    while (body.childElementCount > ROWS) body.firstElementChild?.remove()
    toEnd()
  }
  const add = (make: () => HTMLTableRowElement): void => {
    rows.push(make)
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  return {
    clear() {
      exchanges = new Map()
      rows = []
      body = emptyTable(box)
      sent = 0
      repeated = 0
    },
    sent(request) {
      sent += 1
      if (request.attempt > 1) repeated += 1
      const exchange: Exchange = { request }
      exchanges.set(request.id, exchange)
      exchanges.delete(request.id - 2 * ROWS)
      add(() => requestRow(exchange))
    },
    answered(answer) {
      const exchange = exchanges.get(answer.id)
      if (exchange === undefined) return
      exchange.answer = answer
      showAnswer(exchange)
    },
    broken({ id, bytes }) {
      const exchange = exchanges.get(id)
      if (exchange === undefined) return
      exchange.brokenAfter = bytes
      showAnswer(exchange)
    },
    waits: (wait) => add(() => waitRow(wait)),
    over(isStopped) {
      draw()
      if (!isStopped) return
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

function requestRow(exchange: Exchange): HTMLTableRowElement {
  const { id, method, host, path, attempt, fault } = exchange.request
  const status = element('td', 'state pending', '…')
  const time = element('td', 'number', '')
  const request = element('td', 'request', element('strong', '', method), ` ${path}`)
  request.title = `${method} https://${host}${path}`
  if (fault !== 'none') request.append(' ', element('span', 'mark', FAULTS[fault].mark))
  const count = element('td', attempt > 1 ? 'number again' : 'number', String(attempt))
  exchange.cells = { status, time }
  showAnswer(exchange)
  return element('tr', '', element('td', 'number', String(id)), request, count, status, time)
}

function showAnswer({ answer, brokenAfter, cells }: Exchange): void {
  if (answer === undefined || cells === undefined) return
  const { status, problem = 'no answer', ms } = answer
  const isGood = status !== undefined && status < 400 && brokenAfter === undefined
  const broken = brokenAfter === undefined ? '' : `, broke off after ${brokenAfter} bytes`
  cells.status.textContent = `${status ?? problem}${broken}`
  cells.status.className = `state ${isGood ? 'good' : 'bad'}`
  cells.time.textContent = String(Math.round(ms))
}

function waitRow({ operation, code, delayMs }: Of<'wait'>): HTMLTableRowElement {
  const bar = element('span', 'bar')
  bar.style.animationDuration = `${Math.max(1, delayMs)}ms`
  const cell = element('td', '', `${code}: ${operation} waits ${seconds(delayMs)}, then goes on`, bar)
  cell.colSpan = 5
  return element('tr', 'wait', cell)
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
