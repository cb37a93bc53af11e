import { ContactsError } from '@anycontact/core'
import type { FromWorker, OutputLevel, OutputPart } from '../shared/messages.ts'
import { errorView } from './error-view.ts'
import { inspect } from './inspect.ts'

const LEVELS: Readonly<Record<string, OutputLevel>> = {
  log: 'log',
  dir: 'log',
  table: 'log',
  debug: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
}

/** How much of what a program prints is told: one that prints without end must not drown the page, whose button stops it. */
const MOST = 2000

/** Has what the program prints told, in the place of the browser's console. */
export function captureConsole(tell: (message: FromWorker) => void): void {
  const { console } = globalThis
  let printed = 0
  const print = (level: OutputLevel, parts: readonly OutputPart[]): void => {
    printed += 1
    if (printed < MOST) tell({ type: 'output', level, parts })
    if (printed !== MOST) return
    const text = 'What the program prints after this is not shown.'
    tell({ type: 'output', level: 'warn', parts: [{ kind: 'text', text }] })
  }
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.assign(console, {
      [method]: (...values: unknown[]) => print(level, values.map(part)),
    })
  }
}

function part(value: unknown): OutputPart {
  if (typeof value === 'string') return { kind: 'text', text: value }
  return isError(value) ? { kind: 'error', error: errorView(value) } : { kind: 'text', text: inspect(value) }
}

function isError(value: unknown): boolean {
  try {
    return value instanceof Error || ContactsError.is(value)
  } catch {
    // A proxy that throws.
    return false
  }
}
