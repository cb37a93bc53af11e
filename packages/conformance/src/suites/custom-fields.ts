import type { Contact, CustomFieldType, JsonObject, JsonValue } from '@anycontact/core'
import { assert, assertSame, print } from '../assert.ts'
import type { Suite } from '../suite.ts'

/** Values that a sloppy translation would turn into others of the same type, or into another type. */
const VALUES: Readonly<Record<CustomFieldType, readonly JsonValue[]>> = {
  text: ['007', 'true', 'Ünï 李 🎉, "quoted"'],
  number: [0, -1.5, 1_000_000],
  boolean: [false, true, false],
  date: ['2024-02-29T23:59:59.000Z', '1999-12-31T00:00:00.000Z', '2024-03-31T01:30:00.250Z'],
}

/** Custom fields that are declared by name and type: each takes and gives values of its type, and no other is there. */
export const declaredCustomFields: Suite = (define) => {
  define('custom fields that are declared take and give values of their types', async (session) => {
    const { customFields: declared, create, update } = session.capabilities
    if (!declared || !create?.fields.includes('customFields')) return
    const fields = Object.entries(declared)
    for (const round of VALUES.text.keys()) {
      const written = Object.fromEntries(fields.map(([name, type]) => [name, VALUES[type][round] ?? null]))
      const made = await session.create({ ...session.basic(), customFields: written })
      checkValues(made, declared, written, 'what create gave')
      await session.settle()
      checkValues(await session.reread(made), declared, written, 'the contact read after create')
      if (!update?.fields.includes('customFields')) continue
      for (const [name] of fields) {
        const patch = { customFields: { [name]: null } }
        const cleared = await session.client.update(made, patch, { scan: true })
        const left = Object.hasOwn(cleared.customFields, name)
        assertSame(left, false, `whether customFields.${name} is there after it was written as null`)
      }
    }
    for (const contact of await session.all()) {
      for (const [name, value] of Object.entries(contact.customFields)) checkType(declared, name, value)
    }
  })
}

function checkValues(
  { customFields }: Contact,
  declared: Readonly<Record<string, CustomFieldType>>,
  written: JsonObject,
  what: string,
): void {
  for (const [name, value] of Object.entries(written)) {
    const given = customFields[name]
    const isMoment = declared[name] === 'date' && typeof given === 'string' && typeof value === 'string'
    const [actual, expected] = isMoment ? [Date.parse(given), Date.parse(value)] : [given, value]
    assertSame(actual, expected, `${what}: customFields.${name}`)
  }
}

function checkType(
  declared: Readonly<Record<string, CustomFieldType>>,
  name: string,
  value: JsonValue,
): void {
  const type = declared[name]
  const wanted = type === 'text' || type === 'date' ? 'string' : type
  assert(
    typeof value === wanted,
    `customFields.${name} is ${print(value)}, but ${type === undefined ? 'no field of that name is declared' : `declared as ${type}`}`,
  )
}
