import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import type { MemoryContacts } from '@anycontact/memory'
import { watch } from '../modules/watch.ts'
import type { FromWorker, ToWorker } from '../shared/messages.ts'
import { captureConsole } from './console.ts'
import { errorView } from './error-view.ts'
import { createFaultSwitch } from './fault-switch.ts'
import { createNetwork } from './network.ts'
import { fill, stored } from './store.ts'
import { countTimers } from './timers.ts'

/** How long at least between two looks at what is stored, while a program runs. */
const LOOK_MS = 100

const tell = (message: FromWorker): void => globalThis.postMessage(message)
const emulator = createEmulator()
const faults = createFaultSwitch()
const memories: MemoryContacts[] = []
let lookedAt = 0
let isOver = false

const network = createNetwork(emulator, faults, (message) => {
  tell(message)
  if (message.type === 'answer' && performance.now() - lookedAt > LOOK_MS) look()
})
const timers = countTimers()

captureConsole(tell)
watch({
  waits: ({ operation, code, delayMs }) => tell({ type: 'wait', operation, code, delayMs }),
  remembers: (contacts) => memories.push(contacts),
})
Object.assign(globalThis, {
  fetch: network.fetch,
  // What examples read their credentials from, as they would in Node.
  process: {
    env: {
      CHATBOTKIT_SECRET,
      COGNIPEER_TOKEN,
      COGNIPEER_HOOK_ID,
      IMBRACE_API_KEY: CHANNEL_INBOX_API_KEY,
      ARTU_API_KEY: CONTACT_METHODS_API_KEY,
    },
  },
})

globalThis.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'fault') return faults.set(data.fault)
  if (data.type === 'prepare') {
    fill(emulator, data.records)
    return look()
  }
  faults.set(data.fault)
  run(data.code)
})

// A promise of the program that nobody waits for ends it, as in Node.
globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  end(event.reason)
})
globalThis.addEventListener('error', (event) => {
  event.preventDefault()
  end(event.error ?? event.message)
})

async function run(code: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  try {
    await import(/* @vite-ignore */ url)
  } catch (error) {
    return end(error)
  }
  do await timers.rest()
  while (network.waiting() > 0 || timers.pending() > 0)
  await end()
}

async function end(...failure: readonly [error?: unknown]): Promise<void> {
  if (isOver) return
  isOver = true
  for (const contacts of memories) tell({ type: 'memory', contacts: await contacts.list().toArray() })
  look()
  tell({ type: 'done', ...(failure.length > 0 && { failure: errorView(failure[0]) }) })
}

function look(): void {
  lookedAt = performance.now()
  tell(stored(emulator))
}
