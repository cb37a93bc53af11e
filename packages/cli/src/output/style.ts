import type { Host, Output } from '../host.ts'

/** How text stands out, where the terminal shows it. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
}

/**
 * Tells whether an output has colours: on a terminal, unless `NO_COLOR` is set to anything or the terminal is a dumb one. `FORCE_COLOR`
 * has them anywhere.
 */
export function hasColours({ env }: Pick<Host, 'env'>, output: Pick<Output, 'isTerminal'>): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
  return output.isTerminal && env.TERM !== 'dumb'
}

/** The style of an output. */
export function styleOf(host: Pick<Host, 'env'>, output: Pick<Output, 'isTerminal'>): Style {
  const has = hasColours(host, output)
  const style =
    (open: number, close: number) =>
    (text: string): string =>
      has ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
  }
}
