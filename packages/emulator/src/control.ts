import { isJsonObject } from './json.ts'

/** Where a POST puts everything back to the start. */
export const RESET_PATH = '/emulator/reset'

/** Where a POST queues faults: `{ "chatbotkit": [{ "path": "/contact/list", "status": 503 }] }`. */
export const FAULTS_PATH = '/emulator/faults'

/** The vendors' servers by the names that `createEmulator` has for them. */
type Vendors = Readonly<Record<string, { readonly faults: { readonly add: (fault: never) => void } }>>

/**
 * Makes what answers the requests by which a program in another process works the emulator.
 *
 * @param reset - puts everything back to the start
 * @param trial - makes others of the same kind: faults are tried there, so that of those that come together all are queued or none
 * @returns a function that gives `undefined` for a path that is not one of these
 */
export function createControl(
  vendors: Vendors,
  reset: () => void,
  trial: () => Vendors,
): (request: Request, path: string) => Promise<Response> | undefined {
  const work: Readonly<Record<string, (request: Request) => Promise<void>>> = {
    async [RESET_PATH]() {
      reset()
    },
    async [FAULTS_PATH](request) {
      const text = await request.text()
      addFaults(trial(), text)
      addFaults(vendors, text)
    },
  }
  return (request, path) => {
    const run = Object.hasOwn(work, path) ? work[path] : undefined
    return run && answered(request, run)
  }
}

async function answered(request: Request, run: (request: Request) => Promise<void>): Promise<Response> {
  if (request.method !== 'POST') return refusal(405, 'METHOD_NOT_ALLOWED', 'This is asked for by POST')
  if (!isFromHere(request))
    return refusal(403, 'FORBIDDEN', 'A page asks for this only from this machine: localhost')
  try {
    await run(request)
    return new Response(null, { status: 204 })
  } catch (error) {
    return refusal(400, 'BAD_REQUEST', error instanceof Error ? error.message : String(error))
  }
}

/**
 * Whether a request comes from a program, which names no origin, or from a page that this machine serves. Any other page that is open
 * in a browser here could send it too, without asking and under a name that it makes point here.
 */
function isFromHere({ headers }: Request): boolean {
  const origin = headers.get('origin')
  if (origin === null) return true
  const host = URL.canParse(origin) ? new URL(origin).hostname : ''
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
}

function addFaults(vendors: Vendors, text: string): void {
  const content: unknown = JSON.parse(text)
  const known = Object.keys(vendors).join(', ')
  if (!isJsonObject(content)) throw new Error(`Faults come by vendor, in arrays. Known are: ${known}.`)
  for (const [vendor, faults] of Object.entries(content)) {
    const queue = Object.hasOwn(vendors, vendor) ? vendors[vendor]?.faults : undefined
    if (queue === undefined) throw new Error(`There is no vendor "${vendor}". Known are: ${known}.`)
    if (!Array.isArray(faults)) throw new Error(`Faults of ${vendor} come in an array.`)
    // The queue itself checks what comes from elsewhere.
    for (const fault of faults) Reflect.apply(queue.add, queue, [fault])
  }
}

/** An error of the emulator's own, which is no vendor's. */
export function refusal(status: number, code: string, message: string): Response {
  return new Response(JSON.stringify({ message, code }), {
    status,
    headers: { 'content-type': 'application/json' },
  })
}
