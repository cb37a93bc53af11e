import { ContactClient as ChatBotKitFace, createContact } from '@anycontact/chatbotkit/api'
import { ContactsError, type ContactsWarning, copyContacts } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, test } from 'vitest'
import { FORMS, foundIn, quoting, renderings } from './hostile-server.ts'
import {
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
} from './vendor-servers.ts'

const ANA = {
  externalId: 'crm-7f3a9c',
  name: 'José Ñandú Müller',
  email: 'jose.nandu@example.com',
  phone: '+1 (415) 555-2671',
  note: 'Conheci a Inês na feira, às três',
}

async function errorOf(run: PromiseLike<unknown>): Promise<ContactsError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!ContactsError.is(error)) throw new Error('expected a ContactsError', { cause: error })
  return error
}

/** A create of Ana's that ChatBotKit refuses, saying something about it. */
function refusedWith(text: string, status = 400, input: object = ANA): Promise<ContactsError> {
  const { contacts } = chatbotkitServer({ answer: async () => quoting(text, status), retry: false })
  return errorOf(contacts.create(input))
}

describe('an error does not show what was sent', () => {
  const forms = Object.entries(FORMS).flatMap(([form, write]) =>
    Object.entries(ANA).map(([field, value]) => [field, form, write(value), value] as const),
  )
  test.each(forms)('%s, %s: %s', async (_, __, said, value) => {
    const error = await refusedWith(`Value ${said} is taken`)
    expect(foundIn(renderings(error), [value])).toEqual([])
    expect(error.message).toMatch(/The provider says: Value .*\[redacted\].* is taken/)
  })

  test.each([
    ['José Ñandú M…', 'José'],
    ['Jose Nandu...', 'Nandu'],
    ['Jos&eacute; &Ntilde;and', 'and'],
    ['Conheci a Inês na fei', 'Conheci'],
    ['Conheci a Ines na feira, as tr [cut]', 'Ines'],
    ['jose.nandu@exam', 'jose'],
    ['jose.nandu', 'nandu'],
    ['+1 (415) 555-26', '555'],
    ['1415555', '415'],
    ['(415) 555-2671', '2671'],
    ['415.555.2671', '2671'],
    ['crm-7f3…', '7f3'],
  ])('cut off: %s', async (said, part) => {
    expect((await refusedWith(`Value "${said}" is too long`)).message).not.toContain(part)
    expect((await refusedWith(`Too long: ${said}`)).message).not.toContain(part)
  })

  test.each([
    ['Already used by bob.jones@example.org', 'bob'],
    ['Already used by BOB%40example.org', 'BOB'],
    ['Already used by bob&#64;example.org', 'bob'],
    ['Same number as +49 30 901820', '901820'],
    ['Same number as +4930901820', '901820'],
    ['Same number as &#43;49 (30) 90-18-20', '90-18'],
    ['Same number as %2B4930901820', '901820'],
  ])('nor somebody else’s address: %s', async (said, part) => {
    const error = await refusedWith(said, 409)
    expect(renderings(error)).not.toContain(part)
    expect(error.message).toContain('[redacted]')
  })

  const SAID_BACK = 'jose.nandu&#64;example.com, 14155552671 and JOSE NANDU MULLER'
  /** Lets the vendor answer the first request of a call. */
  const afterTheFirst = () => {
    let requests = 0
    return async (_: unknown, serve: () => Promise<Response>): Promise<Response> =>
      requests++ === 0 ? serve() : quoting(SAID_BACK, 400)
  }
  const { email, phone, name } = ANA

  test.each([
    [
      'chatbotkit',
      () => chatbotkitServer({ answer: afterTheFirst() }).contacts.upsert(ANA, { by: 'email', scan: true }),
    ],
    [
      'cognipeer',
      () => cognipeerServer({ answer: afterTheFirst() }).contacts.upsert({ name, email }, { by: 'email' }),
    ],
    [
      'contact-methods',
      () =>
        contactMethodsServer({ answer: afterTheFirst() }).contacts.upsert(
          { id: CLIENT_ID, email, phone },
          { by: 'id' },
        ),
    ],
    [
      'channel-inbox',
      () => {
        const { contacts, emulator } = channelInboxServer({ answer: afterTheFirst() })
        emulator.seed([{ email, display_name: name, phone_number: phone }])
        return contacts.update({ email }, { familyName: 'Ñandú' }, { scan: true })
      },
    ],
  ])('%s: nor what an earlier request of the same call sent', async (_, call) => {
    const error = await errorOf(call())
    expect(error.message).toContain('[redacted]')
    expect(foundIn(renderings(error), [email])).toEqual([])
  })

  test('an item of a batch: nor what another item sent', async () => {
    const other = '+49 30 901820-44'
    const { contacts } = contactMethodsServer({
      answer: async () =>
        Response.json({
          success: false,
          data: [],
          errors: [
            { index: 0, error: { message: 'same as 493090182044', code: 'CONFLICT' } },
            { index: 1, error: { message: 'same as jose.nandu%40example.com', code: 'CONFLICT' } },
          ],
        }),
      retry: false,
    })
    const { failed } = await contacts.contactMethods.createMany(CLIENT_ID, [
      { type: 'email', value: ANA.email },
      { type: 'phone', value: other },
    ])
    expect(failed).toHaveLength(2)
    for (const { error } of failed) expect(foundIn(renderings(error), [ANA.email, other])).toEqual([])
  })

  test('a copy: the failures of its report', async () => {
    const from = memory()
    await from.create(ANA)
    for (const form of Object.values(FORMS)) {
      const said = Object.values(ANA).slice(0, 4).map(form).join(' ')
      const warnings: ContactsWarning[] = []
      const { contacts } = chatbotkitServer({
        answer: async () => quoting(said, 400),
        retry: false,
        onWarning: (warning) => warnings.push(warning),
      })
      const report = await copyContacts(from, contacts)
      expect(report.failed).toHaveLength(1)
      const shown = renderings(report.failed[0]?.error, warnings)
      expect(foundIn(shown, Object.values(ANA).slice(0, 4))).toEqual([])
    }
  })

  test('the vendor’s own client does not either', async () => {
    const client = new ChatBotKitFace({
      secret: 'sk-1',
      retry: false,
      fetch: async () => quoting('Jose Nandu Muller, jose.nandu&#64;example.com', 400),
    })
    const { name, email } = ANA
    const error = await errorOf(createContact(client, { name, email }))
    expect(foundIn(renderings(error), [name, email])).toEqual([])
  })
})

describe('what says nothing about anybody stays', () => {
  const awkward = {
    name: 'Not',
    externalId: 'found',
    nickname: 'Contact',
    note: 'email',
    customFields: { a: 'not found', b: 'CONFLICT', c: 'req' },
  }
  test.each([
    'Contact not found',
    'contact_not_found',
    'Not Found',
    'Invalid email',
    'Email is required',
    'A contact with that email already exists',
    'too many requests, retry later',
    'Validation failed: name must not be empty',
  ])('%s', async (said) => {
    const error = await refusedWith(said, 404, awkward)
    expect(error.message).toContain(said)
    expect(error.vendorCode).toBe(said)
  })

  test.each([
    'CONFLICT',
    'CONTACT_NOT_FOUND',
    'P2002',
    'E11000',
    'validation_error',
    '40010',
    'LIMITS_REACHED',
  ])('the vendor’s code %s, and a request’s id', async (code) => {
    const { contacts } = chatbotkitServer({
      answer: async () =>
        Response.json(
          { message: 'Contact not found', code },
          { status: 400, headers: { 'x-request-id': 'req_01HZX-4b1e-9f00' } },
        ),
      retry: false,
    })
    const error = await errorOf(contacts.create({ ...awkward, customFields: { zip: '4b1e' } }))
    expect(error).toMatchObject({ vendorCode: code, requestId: 'req_01HZX-4b1e-9f00' })
    expect(error.message.includes('not found')).toBe(true)
  })

  test('words around a value', async () => {
    const error = await refusedWith('The name José Ñandú Müller is marked as spam; e-mail support for help')
    expect(error.message).toContain('The name [redacted] is marked as spam; e-mail support for help')
    const tagged = await refusedWith('Marked latest supporters anally', 400, {
      ...ANA,
      name: 'Mark',
      nickname: 'Ana',
    })
    expect(tagged.message).toContain('Marked latest supporters anally')
  })
})
