import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Message, readMessage, type SyncCounts } from './message.ts'

/** What is needed to start the program that syncs. */
export interface ProgramStart {
  /** Where the emulator is. */
  readonly url: string
  /** The ledger's file. */
  readonly ledger: string
  /** What Node is told besides. @default nothing */
  readonly execArgv?: readonly string[] | undefined
}

/** How far a run is. */
export type Progress = Extract<Message, { readonly type: 'progress' }>

/** How a start of the program is watched. */
export interface Watch {
  /** Tells whether it is time to kill the program; asked every few milliseconds. @default never */
  readonly isTimeToKill?: () => boolean
  /** Called as the run goes on. */
  readonly onProgress: (progress: Progress) => void
}

/** So often is asked whether it is time to kill the program. */
const LOOK_EVERY_MS = 5

const PROGRAM = fileURLToPath(new URL('./program.ts', import.meta.url))

/**
 * Runs the program in a process of its own, and kills it, when it is time, as the system would: without a word, so that it can put nothing
 * in order.
 *
 * @returns what the run came to; `undefined` where it was killed
 * @throws Error where the program ends with an error
 */
export async function attempt(
  { url, ledger, execArgv = [] }: ProgramStart,
  { isTimeToKill = () => false, onProgress }: Watch,
): Promise<SyncCounts | undefined> {
  const child = fork(PROGRAM, [url, ledger], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let counts: SyncCounts | undefined
  child.on('message', (value) => {
    const message = readMessage(value)
    if (message.type === 'end') counts = message.counts
    else onProgress(message)
  })
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  let isKilled = false
  const watch = setInterval(() => {
    if (!isKilled && isTimeToKill()) isKilled = child.kill('SIGKILL')
  }, LOOK_EVERY_MS)
  try {
    const [code, signal]: unknown[] = await once(child, 'close')
    if (isKilled && signal === 'SIGKILL') return undefined
    if (code === 0 && counts) return counts
    throw new Error(`The program that syncs ended with ${String(code ?? signal)}.\n${complaint}`)
  } finally {
    clearInterval(watch)
  }
}
