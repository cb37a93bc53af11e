import type { Style } from './style.ts'

/** Where the bar is printed and how. */
export interface ProgressOptions {
  /** Prints text as it is. */
  readonly write: (text: string) => void
  /** Whether a line can be printed over. `false` prints a line for each quarter. */
  readonly redraws: boolean
  readonly style: Style
  /** Printed before each line. */
  readonly indent: string
}

/** A progress bar. */
export interface ProgressBar {
  /** Shows how far it is. */
  update(progress: { readonly done: number; readonly total?: number }): void
}

const CELLS = 40
const STEPS_WITHOUT_REDRAWING = 4

/**
 * Makes a progress bar that redraws its line where that is possible, only when it would look different, and prints a few
 * plain lines elsewhere.
 */
export function createProgressBar({ write, redraws, style, indent }: ProgressOptions): ProgressBar {
  let shown = -1
  return {
    update({ done, total = done }) {
      const share = total === 0 ? 1 : done / total
      const step = Math.floor(share * (redraws ? 100 : STEPS_WITHOUT_REDRAWING))
      if (step === shown || (!redraws && step === 0)) return
      shown = step
      const percent = `${Math.floor(share * 100)} %`.padStart(5)
      const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
      if (!redraws) {
        write(`${indent}${percent}  ${counts}\n`)
        return
      }
      const filled = Math.floor(share * CELLS)
      const bar = style.green('█'.repeat(filled)) + style.dim('░'.repeat(CELLS - filled))
      write(`\r${indent}${bar} ${percent}  ${counts}${done === total ? '\n' : ''}`)
    },
  }
}
