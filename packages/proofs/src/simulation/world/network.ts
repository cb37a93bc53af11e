import type { FetchFunction } from '@anycontact/core'
import type { Fetch } from '@anycontact/emulator'
import type { Journal } from './journal.ts'
import type { Process } from './process.ts'
import type { Time } from './time.ts'
import type { Fate, Weather } from './weather.ts'

/** A provider as the network sees it. */
export interface Endpoint {
  readonly name: string
  readonly fetch: Fetch
  isWrite(method: string, path: string): boolean
  /** Whether a request asks for everybody, at a vendor that tells how many there are. */
  isCountedListing(method: string, path: string, bodyText: string): boolean
}

/** A request that a process sent. */
export interface Sent {
  readonly process: string
  readonly endpoint: string
  readonly method: string
  readonly path: string
  readonly isWrite: boolean
  readonly sentAt: number
}

/** Who looks at requests. */
export interface Watcher {
  /** Just before a provider looks at a request, and just after. */
  around(endpoint: string): Promise<void>
  /** A write was applied. */
  applied(sent: Sent): void
}

/** Between processes and providers: everything that can happen to a request happens here, in virtual time. */
export class Network {
  /** All that was sent, in order. */
  readonly sent: Sent[] = []
  readonly #time: Time
  readonly #journal: Journal
  readonly #weather: Weather
  readonly #watcher: Watcher
  /** For whom the listing of a provider is cut short; drawn when it is first asked for. */
  readonly #cut = new Map<string, boolean>()

  constructor(time: Time, journal: Journal, weather: Weather, watcher: Watcher) {
    this.#time = time
    this.#journal = journal
    this.#weather = weather
    this.#watcher = watcher
  }

  /** The `fetch` that a process reaches a provider by. */
  fetchOf(process: Process, endpoint: Endpoint): FetchFunction {
    return (input, init) => {
      const { method, path } = readTarget(input, init)
      const what = `${method} ${endpoint.name}${path}`
      return process.waitFor('request', what, () => this.#carry(process, endpoint, what, input, init))
    }
  }

  #carry(
    process: Process,
    endpoint: Endpoint,
    what: string,
    input: Request | URL | string,
    init: RequestInit | undefined,
  ): Promise<Response> {
    const { method, path } = readTarget(input, init)
    const isWrite = endpoint.isWrite(method, path)
    const sent = {
      process: process.name,
      endpoint: endpoint.name,
      method,
      path,
      isWrite,
      sentAt: this.#time.now(),
    }
    this.sent.push(sent)
    this.#journal.count('request')
    const fate = this.#weather.fate()
    this.#journal.tell(`${process.name} ${what}${fate === 'answered' ? '' : `: ${fate}`}`)
    const signal = init?.signal ?? undefined
    const landing = this.#land({ process, endpoint, fate, sent, input, init })
    const answer = this.#answer(fate, landing)
    return new Promise((resolve, reject) => {
      if (signal?.aborted) reject(signal.reason)
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      answer.then(
        (response) => resolve(this.#bodyOf(process, what, response)),
        (error) => reject(error),
      )
    })
  }

  /** What the client sees. */
  async #answer(fate: Fate, landing: Promise<Response | undefined>): Promise<Response> {
    switch (fate) {
      case 'not connected':
        await this.#time.wait(this.#weather.latency())
        this.#journal.count(fate)
        throw broken('connect', 'ECONNREFUSED')
      case 'request lost':
        await this.#time.wait(this.#weather.latency())
        this.#journal.count(fate)
        throw broken('read', 'ECONNRESET')
      case 'late':
        await this.#time.wait(this.#weather.latency() * 2)
        throw broken('read', 'ECONNRESET')
      case 'never answered':
      case 'never answered, late':
        this.#journal.count('never answered')
        return new Promise(() => {})
      case 'refused with 429':
        await this.#time.wait(this.#weather.latency())
        this.#journal.count(fate)
        return refusal(429, { 'retry-after': '1' })
      case 'refused with 500':
        await this.#time.wait(this.#weather.latency())
        this.#journal.count(fate)
        return refusal(500)
      default: {
        const response = await landing
        await this.#time.wait(this.#weather.latency())
        if (fate === 'answer lost') {
          this.#journal.count(fate)
          throw broken('read', 'ECONNRESET')
        }
        if (fate !== 'applied behind a 503') return response ?? new Promise(() => {})
        this.#journal.count(fate)
        return refusal(503)
      }
    }
  }

  /** What the provider sees: the request when it arrives, where it does. */
  async #land({
    process,
    endpoint,
    fate,
    sent,
    input,
    init,
  }: {
    readonly process: Process
    readonly endpoint: Endpoint
    readonly fate: Fate
    readonly sent: Sent
    readonly input: Request | URL | string
    readonly init: RequestInit | undefined
  }): Promise<Response | undefined> {
    if (!ARRIVING.has(fate)) return undefined
    let isLate = fate === 'late' || fate === 'never answered, late'
    const soon = fate === 'slow' ? this.#weather.slowness() : this.#weather.latency()
    if (fate === 'slow') this.#journal.count('slow answer')
    if (isLate) await this.#time.wait(this.#weather.lateness())
    else {
      // Whoever dies with a request on its way does so in the turn in which it is sent.
      await undefined
      const orphaned = process.isAlive ? 'arrives' : this.#weather.orphaned()
      if (orphaned === 'lost') return undefined
      isLate = orphaned === 'late'
      await this.#time.wait(isLate ? this.#weather.lateness() : soon)
    }
    if (isLate) this.#journal.count('landed late')
    await this.#watcher.around(endpoint.name)
    const answer = await endpoint.fetch(input, { ...init, signal: null })
    const bodyText = typeof init?.body === 'string' ? init.body : ''
    const isCut =
      endpoint.isCountedListing(sent.method, sent.path, bodyText) && this.#isCutFor(process, endpoint)
    const response = isCut ? await this.#cutShort(answer) : answer
    this.#journal.tell(`${sent.method} ${endpoint.name}${sent.path} lands: ${response.status}`)
    if (sent.isWrite && response.ok) {
      this.#journal.count('write applied')
      this.#watcher.applied(sent)
    }
    await this.#watcher.around(endpoint.name)
    return response
  }

  #isCutFor({ name }: Process, endpoint: Endpoint): boolean {
    const id = `${name} ${endpoint.name}`
    const isCut = this.#cut.get(id) ?? this.#weather.isListingCut()
    this.#cut.set(id, isCut)
    return isCut
  }

  /** A page that lacks its end, although it says how many there are; so do those after it. */
  async #cutShort(answer: Response): Promise<Response> {
    if (!answer.ok) return answer
    const page: { readonly data: readonly unknown[] } = await answer.json()
    this.#journal.count('listing cut short')
    const data = page.data.slice(0, Math.floor(page.data.length / 2))
    return Response.json({ ...page, data, ...('has_more' in page && { has_more: false }) })
  }

  /** The connection can break in the middle of an answer, and its reader can be killed there. */
  #bodyOf(process: Process, what: string, response: Response): Response {
    const { body, status, headers } = response
    const isCut = this.#weather.isBodyCut()
    if (body === null || !isCut) return response
    const reader = body.getReader()
    const parted = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await process.waitFor('request', `a part of ${what}`, async () => {
            await this.#time.wait(this.#weather.latency())
            return reader.read()
          })
          this.#journal.count('body cut')
          if (!done) controller.enqueue(value.subarray(0, value.length >> 1))
          controller.error(broken('read', 'UND_ERR_SOCKET'))
          await reader.cancel()
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    )
    return new Response(parted, { status, headers })
  }
}

const ARRIVING: ReadonlySet<Fate> = new Set([
  'answered',
  'slow',
  'answer lost',
  'late',
  'never answered',
  'never answered, late',
  'applied behind a 503',
])

function readTarget(input: Request | URL | string, init: RequestInit | undefined) {
  const url = new URL(input instanceof Request ? input.url : input)
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
  return { method, path: `${url.pathname}${url.search}` }
}

function broken(syscall: 'connect' | 'read', code: string): TypeError {
  const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
  return new TypeError('fetch failed', { cause })
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify({ message: 'try again' }), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}
