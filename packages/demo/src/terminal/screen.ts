import { type ColourEnvironment, createStyle, type Style, wantsColours } from './style.ts'

/** The part of an output stream that is printed to. */
export interface OutputStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Where the demo prints, and what can be done there. */
export interface Screen {
  readonly style: Style
  /** The most columns that a line may take. */
  readonly width: number
  /** Whether a line can be printed over. */
  readonly redraws: boolean
  /** Prints text as it is. */
  write(text: string): void
  /** Prints lines, each after a margin. */
  lines(lines: readonly string[]): void
}

/** What every line below a heading begins with. */
export const MARGIN = '   '

const MAX_WIDTH = 100
const MIN_WIDTH = 80

/**
 * Looks at a stream and the environment once.
 *
 * @param stream - usually `process.stdout`
 * @param environment - usually `process.env`
 */
export function createScreen(stream: OutputStream, environment: ColourEnvironment): Screen {
  const isTerminal = stream.isTTY === true
  const write = (text: string): void => {
    stream.write(text)
  }
  // Some terminals say 0 when they do not know.
  const columns = (isTerminal && stream.columns) || MAX_WIDTH
  return {
    style: createStyle(wantsColours(environment, isTerminal)),
    width: Math.max(MIN_WIDTH, Math.min(columns, MAX_WIDTH)),
    redraws: isTerminal && environment.TERM !== 'dumb',
    write,
    lines: (lines) => write(lines.map((line) => `${line === '' ? '' : MARGIN}${line}\n`).join('')),
  }
}
