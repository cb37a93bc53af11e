import type { FaultSetting } from '../shared/faults.ts'
import type { FromWorker, StoredRecords, ToWorker } from '../shared/messages.ts'

/** What the page does when programs tell something. */
export interface RunnerEvents {
  /** A message of the worker, in order; none comes after the program was stopped. */
  readonly message: (message: FromWorker) => void
  /** A program began, or has come to its end in whatever way. */
  readonly changed: (isRunning: boolean) => void
}

/** Runs programs, one at a time. */
export interface Runner {
  run(code: string, fault: FaultSetting): void
  /** Ends the program, whatever it is doing. */
  stop(): void
  /** Moves the switch, for a program that runs too. */
  setFault(fault: FaultSetting): void
  /** Puts the sample in the place of what is stored. */
  reset(): void
}

/**
 * Makes the runner. Each program has a worker of its own, which is ended with it: nothing of one program is left to the next, and
 * one that never stops can be ended. What the emulators held last goes on to the next worker.
 */
export function createRunner({ message, changed }: RunnerEvents): Runner {
  let records: StoredRecords | undefined
  let isRunning = false
  let worker = prepared()

  function prepared(): Worker {
    const made = new Worker(new URL('./worker.js', document.baseURI), { type: 'module' })
    made.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (made !== worker) return
      if (data.type === 'stored') records = data.records
      message(data)
      if (data.type === 'done') over()
    })
    send(made, { type: 'prepare', records })
    return made
  }

  function over(): void {
    worker.terminate()
    worker = prepared()
    if (isRunning) changed(false)
    isRunning = false
  }

  return {
    run(code, fault) {
      if (isRunning) return
      isRunning = true
      changed(true)
      send(worker, { type: 'run', code, fault })
    },
    stop: over,
    setFault: (fault) => send(worker, { type: 'fault', fault }),
    reset() {
      records = undefined
      over()
    },
  }
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message)
}
