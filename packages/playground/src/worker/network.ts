import type { Emulator, Fault, Fetch } from '@anycontact/emulator'
import type { FromWorker } from '../shared/messages.ts'
import type { FaultSwitch } from './fault-switch.ts'

type Vendor = 'chatbotkit' | 'cognipeer' | 'channelInbox' | 'contactMethods'

type PlannedFault = Fault & { readonly method: string; readonly path: string }

/** The network of the page: the emulators, with a switch before them, and everything told. */
export interface Network {
  readonly fetch: Fetch
  /** How many requests wait for their answer. */
  waiting(): number
}

/**
 * Puts the emulators where the network would be.
 *
 * @param tell - hears of every request and of its answer
 */
export function createNetwork(
  emulator: Emulator,
  faults: FaultSwitch,
  tell: (message: FromWorker) => void,
): Network {
  const attempts = new Map<string, number>()
  let count = 0
  let waiting = 0

  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, { ...init, signal: null })
    const { method } = request
    const { host, pathname: path, href } = new URL(request.url)
    const vendor = VENDORS[host]
    if (vendor === undefined)
      throw new TypeError(`Nothing answers at ${host}: this page has no network but its emulators.`)
    const body = await request.clone().text()
    const id = ++count
    const sent = JSON.stringify([method, href, body])
    const attempt = (attempts.get(sent) ?? 0) + 1
    attempts.set(sent, attempt)
    const isStream = request.headers.get('accept')?.includes('jsonl') ?? false
    const { kind, fault } = faults.take({ method, path, isStream })
    if (fault) addFault(emulator, vendor, { ...fault, method, path })

    const startedAt = performance.now()
    const elapsed = (): number => performance.now() - startedAt
    tell({ type: 'request', id, method, host, path, attempt, fault: kind })
    waiting += 1
    try {
      const signal = init?.signal ?? null
      const response = await emulator[vendor].fetch(request, signal === null ? {} : { signal })
      tell({ type: 'answer', id, status: response.status, ms: elapsed() })
      if (response.ok) attempts.delete(sent)
      return watched(response, (bytes) => tell({ type: 'broken', id, bytes }))
    } catch (error) {
      const problem = init?.signal?.aborted ? 'given up' : 'no answer'
      tell({ type: 'answer', id, ms: elapsed(), problem })
      throw error
    } finally {
      waiting -= 1
    }
  }
  return { fetch, waiting: () => waiting }
}

/** Which emulator stands for a host; the paths below it are the vendor's. */
const VENDORS: Readonly<Record<string, Vendor>> = {
  'api.chatbotkit.com': 'chatbotkit',
  'api.cognipeer.com': 'cognipeer',
  'app-gatewayv2.imbrace.co': 'channelInbox',
  'app-gateway.sandbox.imbrace.co': 'channelInbox',
  'app-gateway.dev.imbrace.co': 'channelInbox',
  'api.artu.ai': 'contactMethods',
}

/** The fault meets this very request: it is added right before, with the path as an expression, which no route need have. */
function addFault(emulator: Emulator, vendor: Vendor, { method, path, ...fault }: PlannedFault): void {
  const exactly = new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
  emulator[vendor].faults.add({ ...fault, method, path: exactly })
}

/** The same answer, whose body tells when it breaks off. */
function watched(response: Response, broken: (bytes: number) => void): Response {
  if (response.body === null) return response
  const reader = response.body.getReader()
  let bytes = 0
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) return controller.close()
          bytes += value.length
          controller.enqueue(value)
        } catch (error) {
          broken(bytes)
          controller.error(error)
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  const { status, statusText, headers } = response
  return new Response(body, { status, statusText, headers })
}
