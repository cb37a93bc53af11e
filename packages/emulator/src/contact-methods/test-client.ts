import { type ContactMethodsEmulator, type ContactMethodsOptions, createEmulator } from '../index.ts'

/** When tests take place. */
export const TEST_TIME = '2026-01-31T09:00:00.000Z'

/** An answer, read to its end. */
interface Answer {
  readonly status: number
  readonly text: string
  // What it holds is asserted, not typed.
  readonly json: ReturnType<typeof JSON.parse>
}

/** Calls a contact-methods server the plain way. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

/** A fresh server, with a clock that stands still until it is set. */
export function setUp(options: ContactMethodsOptions = {}): {
  readonly vendor: ContactMethodsEmulator
  readonly clock: { now: number }
  readonly send: Send
} {
  const clock = { now: Date.parse(TEST_TIME) }
  const vendor = createEmulator({ now: () => clock.now, seed: 1, contactMethods: options }).contactMethods
  return { vendor, clock, send: senderOf(vendor) }
}

function senderOf(vendor: ContactMethodsEmulator): Send {
  return async (method, path, body, headers) => {
    const response = await vendor.fetch(`https://api.artu.ai${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        authorization: 'Bearer artu-emulator',
        'x-environment': 'test',
        'content-type': 'application/json',
        ...headers,
      },
    })
    const text = await response.text()
    return { status: response.status, text, json: parsed(text) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
