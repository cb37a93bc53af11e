import { type Contact, exportCsv, type Where } from '@anycontact/core'
import { describe, expect, test } from 'vitest'
import { clients } from '../providers.ts'

/** Custom fields whose keys hold dots, beside objects in which the same paths lead somewhere. */
const people: Readonly<Record<string, Contact['customFields']>> = {
  flat: { 'utm.source': 'mail' },
  nested: { utm: { source: 'mail' } },
  both: { 'utm.source': 'mail', utm: { source: 'web' } },
  otherwise: { 'utm.source': 'web', utm: { source: 'mail' } },
  deeper: { 'utm.source': { 'first.touch': 'mail' } },
  none: { utm: 'mail' },
}

const SOURCE = 'customFields.utm.source'
const questions: readonly (readonly [Where, readonly string[]])[] = [
  [{ customFields: { 'utm.source': 'mail' } }, ['flat', 'nested', 'both']],
  [{ [SOURCE]: { eq: 'mail' } }, ['flat', 'nested', 'both']],
  [{ [SOURCE]: 'web' }, ['otherwise']],
  [{ [SOURCE]: { in: ['web', 'mail'] } }, ['flat', 'nested', 'both', 'otherwise']],
  [{ [SOURCE]: { ne: 'mail' } }, ['otherwise', 'deeper', 'none']],
  [{ [SOURCE]: { exists: true } }, ['flat', 'nested', 'both', 'otherwise', 'deeper']],
  [{ [SOURCE]: null }, ['none']],
  [{ [`${SOURCE}.first.touch`]: 'mail' }, ['deeper']],
]

describe.each(['memory', 'chatbotkit', 'cognipeer'] as const)(
  '%s: a custom field whose key holds a dot',
  (name) => {
    const filled = async () => {
      const contacts = clients[name]()
      for (const [person, customFields] of Object.entries(people)) {
        await contacts.create({ name: person, customFields })
      }
      return contacts
    }

    test('is found by its whole key first', async () => {
      const contacts = await filled()
      for (const [where, expected] of questions) {
        const found = (await contacts.list({ where }).toArray()).map((contact) => contact.name)
        expect(found.toSorted(), JSON.stringify(where)).toEqual(expected.toSorted())
        expect(await contacts.count({ where })).toBe(expected.length)
      }
    })

    test.each(['Tel.', 'Nr..', '.hidden', 'a..b', '.', 'Tel. privat'])(
      'wherever its dots are: %s',
      async (key) => {
        const contacts = clients[name]()
        await contacts.create({ name: 'flat', customFields: { [key]: 'x' } })
        await contacts.create({ name: 'other', customFields: { [key]: 'y' } })
        await contacts.create({ name: 'none', customFields: { plan: 'x' } })
        const names = async (where: Where): Promise<readonly unknown[]> =>
          (await contacts.list({ where }).toArray()).map((contact) => contact.name).toSorted()
        expect(await names({ customFields: { [key]: 'x' } })).toEqual(['flat'])
        expect(await names({ [`customFields.${key}`]: { in: ['x', 'y'] } })).toEqual(['flat', 'other'])
        expect(await names({ customFields: { [key]: null } })).toEqual(['none'])
        expect(await contacts.count({ where: { customFields: { [key]: { exists: true } } } })).toBe(2)
        let text = ''
        for await (const chunk of exportCsv(contacts, { columns: ['name', `customFields.${key}`] }))
          text += chunk
        expect(text.trimEnd().split('\r\n').slice(1).toSorted()).toEqual(['flat,x', 'none,', 'other,y'])
      },
    )

    test('is a column of an export', async () => {
      const csv = exportCsv(await filled(), { columns: ['name', SOURCE, `${SOURCE}.first.touch`] })
      let text = ''
      for await (const chunk of csv) text += chunk
      expect(text.trimEnd().split('\r\n').toSorted()).toEqual(
        [
          `name,${SOURCE},${SOURCE}.first.touch`,
          'flat,mail,',
          'nested,mail,',
          'both,mail,',
          'otherwise,web,',
          'deeper,"{""first.touch"":""mail""}",mail',
          'none,,',
        ].toSorted(),
      )
    })
  },
)
