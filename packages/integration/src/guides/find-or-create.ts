import { ContactsError, type UpsertResult } from '@anycontact/chatbotkit'
import { Hono } from 'hono'

/** What the endpoint is given. The key is what your system calls the person, and does not change. */
export interface Person {
  readonly key: string
  readonly name: string
  readonly email: string
}

/** Finds the contact with the key of a person and writes to it what differs, or creates it. */
export type FindOrCreate = (person: Person) => Promise<UpsertResult>

/** `POST /contacts`: 201 when the contact is new, 200 when it was there. */
export function contactsApp(findOrCreate: FindOrCreate): Hono {
  const app = new Hono()
  app.post('/contacts', async (c) => {
    const person = personFrom(await c.req.json().catch(() => undefined))
    if (!person) return c.json({ error: 'invalid_input', message: 'Give key, name and email as text.' }, 400)
    const { contact, outcome } = await findOrCreate(person)
    return c.json({ id: contact.id, outcome }, outcome === 'created' ? 201 : 200)
  })
  app.onError((error, c) => {
    if (!ContactsError.is(error)) throw error
    const { status, again } = answerTo(error)
    // Neither the message nor the issues hold anything that the request gave.
    console.error(error.message)
    if (again !== undefined) c.header('retry-after', String(again))
    return c.json({ error: error.code, applied: error.applied, issues: error.issues }, status)
  })
  return app
}

function personFrom(body: unknown): Person | undefined {
  const { key, name, email }: Readonly<Record<string, unknown>> = Object(body)
  if (typeof key !== 'string' || typeof name !== 'string' || typeof email !== 'string') return undefined
  return { key, name, email }
}

/** The status of a failure, and after how many seconds the same request may be sent again. */
function answerTo({ code, applied, retryable, retryAfterMs = 5_000 }: ContactsError): {
  readonly status: 400 | 409 | 500 | 503
  readonly again?: number
} {
  const again = Math.ceil(retryAfterMs / 1_000)
  // A create may still be on its way: leave it time, then the repetition finds the contact.
  if (applied === 'unknown' && !retryable) return { status: 503, again: Math.max(again, 60) }
  switch (code) {
    case 'invalid_input':
    case 'unsupported_field':
      return { status: 400 }
    case 'ambiguous':
    case 'conflict':
      return { status: 409 }
    case 'rate_limited':
    case 'unavailable':
    case 'network':
    case 'timeout':
      return { status: 503, again }
    default:
      return { status: 500 }
  }
}
