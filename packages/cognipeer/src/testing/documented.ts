import { createEmulator, type Emulator } from '@anycontact/emulator'
import { vi } from 'vitest'

/** Stands for the vendor's server, with the credentials of its pages; programs reach it by the runtime's own `fetch`. */
export function documentedServer(): Emulator['cognipeer'] {
  let now = Date.UTC(2026, 0, 1)
  const vendor = createEmulator({
    now: () => ++now,
    seed: 1,
    cognipeer: {
      tokens: { pat_your_personal_access_token: 'emulator', 'your-api-token': 'emulator' },
      hooks: { 'your-hook-id': 'emulator', 'your-channel-hook-id': 'emulator' },
    },
  }).cognipeer
  vi.stubGlobal('fetch', vendor.fetch)
  return vendor
}

/** What programs write to the console from now on. */
export function consoleLog(): string[] {
  const log: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => {
    log.push(String(text))
  })
  return log
}

/** Gives the runtime its `fetch` and its console back. */
export function restore(): void {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
}
