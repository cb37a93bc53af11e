import type { Contact, ContactInput } from '@anycontact/core'
import { ContactsError } from '@anycontact/core'
import { assert, assertSame, print } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

const FIELDS = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'note',
  'locale',
  'timezone',
  'status',
] as const

type Field = (typeof FIELDS)[number]

/** Spelling: where the provider stores another one than was written, the adapter states it, so that nobody is warned of it. */
export const spelling: Suite = (define) => {
  for (const field of FIELDS) {
    define(`the spelling in which ${field} is stored is what the adapter states`, async (session) => {
      if (!session.has('create') || !session.storable.includes(field)) return
      for (const written of spellings(session, field)) {
        const stored = await create(session, { ...session.input([]), [field]: written })
        if (stored) checkSpelling(session, field, written, stored)
      }
    })
  }
}

function checkSpelling(session: Session, field: Field, written: string, stored: Contact): void {
  const rewritten = session.warnings.filter(
    (warning) => warning.code === 'rewritten_field' && warning.field === field,
  )
  assertSame(
    rewritten.length,
    0,
    `${field} ${print(written)} is stored as ${print(stored[field])}: state it in the adapter's canonical; how many warnings`,
  )
  const { canonical } = session.adapter ?? {}
  const value = stored[field]
  if (!canonical || value === undefined) return
  const once = canonical(field, value)
  assert(canonical(field, once) === once, `canonical of ${field} makes another spelling of its own result`)
}

/** As the suite writes it elsewhere, and as people do. */
function spellings(session: Session, field: Field): readonly string[] {
  const sample = (): string => session.samples[field](session.number())
  if (field === 'email') return [sample(), sample().replace(/^\w|@\w/g, (text) => text.toUpperCase())]
  if (field === 'phone') return [sample(), sample().replace(/(\d{3})(\d{4})$/, ' $1-$2')]
  return [sample()]
}

/** Creates a contact; `undefined` where the provider does not take the spelling. */
async function create(session: Session, input: ContactInput): Promise<Contact | undefined> {
  try {
    return await session.create(input)
  } catch (error) {
    if (ContactsError.is(error) && error.code === 'invalid_input') return undefined
    throw error
  }
}
