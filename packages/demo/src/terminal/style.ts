import { styleText } from 'node:util'

/** Ways to dress text; each gives the text back as it is where the terminal has no colours. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

/** The environment variables that decide about colours. */
export interface ColourEnvironment {
  readonly NO_COLOR?: string | undefined
  readonly FORCE_COLOR?: string | undefined
  readonly TERM?: string | undefined
}

/**
 * Tells whether to print colours: as `FORCE_COLOR` says, else not with `NO_COLOR`, else where the output is a terminal that
 * has them.
 *
 * @param isTerminal - whether the output is one
 */
export function wantsColours(
  { NO_COLOR, FORCE_COLOR, TERM }: ColourEnvironment,
  isTerminal: boolean,
): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return isTerminal && TERM !== 'dumb'
}

/**
 * Makes a style.
 *
 * @param colours - `false` for plain text without escape codes
 */
export function createStyle(colours: boolean): Style {
  const dress =
    (format: keyof Style) =>
    (text: string): string =>
      colours ? styleText(format, text, { validateStream: false }) : text
  return {
    bold: dress('bold'),
    dim: dress('dim'),
    red: dress('red'),
    green: dress('green'),
    yellow: dress('yellow'),
    cyan: dress('cyan'),
  }
}
