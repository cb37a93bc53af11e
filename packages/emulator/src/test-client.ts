import { createEmulator, type Emulator, type EmulatorOptions, type Fetch } from './index.ts'

/** When tests take place. */
export const TEST_TIME = 1_718_000_000_000

/** An answer, read to its end. */
interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

/** Calls a ChatBotKit server the plain way. */
export interface TestClient {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Creates a contact that must be accepted, and returns its id. */
  create(fields: object): Promise<string>
  /** The parsed lines of a JSONL listing. */
  lines(path: string): Promise<unknown[]>
}

/** A fresh emulator whose clock stands still until `clock.now` is set. */
export function setUp(options: EmulatorOptions = {}): {
  emulator: Emulator
  clock: { now: number }
  client: TestClient
} {
  const clock = { now: TEST_TIME }
  const emulator = createEmulator({ now: () => clock.now, seed: 1, ...options })
  return { emulator, clock, client: testClient(emulator.chatbotkit.fetch) }
}

/** A client of that `fetch`. */
export function testClient(fetch: Fetch, secret = 'sk-emulator'): TestClient {
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`https://emulator.test/api/v1${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parsed(text) }
  }
  const authorization = `Bearer ${secret}`
  const get: TestClient['get'] = (path, headers) => call(path, { headers: { authorization, ...headers } })
  const post: TestClient['post'] = (path, body, headers) =>
    call(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { authorization, 'content-type': 'application/json', ...headers },
    })
  return {
    get,
    post,
    async create(fields) {
      const { status, json, text } = await post('/contact/create', fields)
      if (status !== 200 || typeof json !== 'object' || json === null || !('id' in json))
        throw new Error(text)
      return String(json.id)
    },
    async lines(path) {
      const { text } = await get(path, { accept: 'application/jsonl' })
      if (text !== '' && !text.endsWith('\n')) throw new Error('A line without its end')
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
