import type { ErrorView, OutputLevel, OutputPart } from '../shared/messages.ts'
import { element, followEnd } from './dom.ts'

/** How many lines are kept; a program can print without end. */
const LINES = 500

/** The part of the page that shows what programs print. */
export interface Output {
  clear(): void
  add(level: OutputLevel, parts: readonly OutputPart[]): void
  /** The error that ended the program. */
  fail(error: ErrorView): void
}

/**
 * @param goTo - shows a line of the program
 */
export function createOutput(box: HTMLElement, goTo: (line: number) => void): Output {
  const toEnd = followEnd(box)
  const append = (line: HTMLElement): void => {
    box.append(line)
    while (box.childElementCount > LINES) box.firstElementChild?.remove()
    toEnd()
  }
  return {
    clear: () => box.replaceChildren(),
    add: (level, parts) => append(printed(level, parts, goTo)),
    fail: (error) => append(element('div', 'line error', errorCard(error, goTo))),
  }
}

function printed(
  level: OutputLevel,
  parts: readonly OutputPart[],
  goTo: (line: number) => void,
): HTMLElement {
  const line = element('div', `line ${level}`)
  let text = ''
  const flush = (): void => {
    if (text !== '') line.append(element('pre', '', text))
    text = ''
  }
  for (const part of parts) {
    if (part.kind === 'text') {
      text += `${text === '' ? '' : ' '}${part.text}`
      continue
    }
    flush()
    line.append(errorCard(part.error, goTo))
  }
  flush()
  return line
}

/** An error with its code first, and what to know of it below. */
function errorCard(
  { name, message, line, facts, issues }: ErrorView,
  goTo: (line: number) => void,
): HTMLElement {
  const { code, ...others } = facts
  const head = element('p', 'error-head', element('strong', 'code', code ?? name))
  if (line !== undefined) {
    const where = element('button', 'where', `line ${line}`)
    where.type = 'button'
    where.addEventListener('click', () => goTo(line))
    head.append(where)
  }
  const card = element('div', 'error-card', head, element('p', 'error-message', message))
  if (issues.length > 0) card.append(element('ul', '', ...issues.map((issue) => element('li', '', issue))))
  const list = Object.entries(others)
  if (list.length > 0) {
    const pairs = list.map(([key, value]) =>
      element('div', '', element('dt', '', key), element('dd', '', value)),
    )
    card.append(element('dl', 'facts', ...pairs))
  }
  return card
}
