import type { Host } from '../host.ts'
import { safeText } from './safe-text.ts'
import { styleOf } from './style.ts'
import { cutTo, widthOf } from './width.ts'

/** How far long work is. */
export interface ProgressState {
  /** What is going on, in a few words. */
  readonly title: string
  /** How much is done. */
  readonly done: number
  /** How much there is, where that is known. */
  readonly total?: number | undefined
  /** What else is worth showing: `12 refused`. */
  readonly note?: string | undefined
}

/** Shows how far long work is: a bar on a terminal, nothing in a pipe or a file. */
export interface Progress {
  update(state: ProgressState): void
  /** Prints a line, which stays, in a pipe too. */
  say(line: string): void
  /** Takes the bar away; what is printed then stands in its place. */
  end(): Promise<void>
}

/** The bar is drawn anew no more often. */
const EVERY_MS = 100

const BAR_WIDTH = 24

/** A bar that is shorter shows nothing. */
const NARROWEST_BAR = 4

const GAP = '  '

/** Takes away the line that the cursor is on. */
const CLEAR_LINE = '\r\u001b[2K'

/** Makes the progress of a command on its standard error. */
export function createProgress(host: Pick<Host, 'stderr' | 'clock' | 'env'>): Progress {
  const { stderr, clock } = host
  let writing: Promise<void> = Promise.resolve()
  const write = (text: string): void => {
    writing = writing.then(() => stderr.write(text))
  }
  if (!stderr.isTerminal || host.env.TERM === 'dumb')
    return { update: () => undefined, say: (line) => write(`${line}\n`), end: () => writing }
  const style = styleOf(host, stderr)
  let drawnAt = Number.NEGATIVE_INFINITY
  let isShown = false
  return {
    update(state) {
      const now = clock.now()
      if (now - drawnAt < EVERY_MS) return
      drawnAt = now
      isShown = true
      write(
        CLEAR_LINE +
          cutTo(safeText(progressLine(state, stderr.columns - 1)), stderr.columns - 1).replace(
            /█+/,
            style.green,
          ),
      )
    },
    say(line) {
      write(`${isShown ? CLEAR_LINE : ''}${line}\n`)
      isShown = false
      drawnAt = Number.NEGATIVE_INFINITY
    },
    async end() {
      if (isShown) write(CLEAR_LINE)
      isShown = false
      drawnAt = Number.NEGATIVE_INFINITY
      await writing
    },
  }
}

/**
 * The line that shows how far the work is.
 *
 * @param width - how wide it may be: the bar gives way to the numbers
 */
export function progressLine(
  { title, done, total, note }: ProgressState,
  width = Number.POSITIVE_INFINITY,
): string {
  const count = (number: number): string => number.toLocaleString('en-US')
  const notes = note === undefined ? [] : [note]
  if (total === undefined || total <= 0) return [title, count(done), ...notes].join(GAP)
  const share = Math.min(1, done / total)
  const numbers = [`${Math.floor(share * 100)} %`, `${count(done)} of ${count(total)}`, ...notes]
  const room = width - widthOf([title, ...numbers].join(GAP)) - GAP.length
  const size = Math.min(BAR_WIDTH, room)
  if (size < NARROWEST_BAR) return [title, ...numbers].join(GAP)
  const full = Math.round(share * size)
  return [title, '█'.repeat(full) + '░'.repeat(size - full), ...numbers].join(GAP)
}
