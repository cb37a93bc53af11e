import { describe, expect, it } from 'vitest'
import type { ContactInput } from '../model/input.ts'
import { nativeClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'

describe('email, phone and contactMethods', () => {
  async function sent(input: ContactInput): Promise<unknown> {
    const { contacts, calls } = nativeClient()
    await contacts.create(input)
    return calls[0]?.args[0]
  }

  async function refusalOf(input: ContactInput): Promise<readonly { path: string }[] | undefined> {
    const { contacts, calls } = nativeClient()
    const error = await contactsErrorOf(() => contacts.create(input))
    expect(error.code).toBe('invalid_input')
    expect(calls).toEqual([])
    return error.issues
  }

  const home = { type: 'email', value: 'ana@home.example' } as const
  const work = { type: 'email', value: 'ana@work.example', primary: true } as const
  const desk = { type: 'phone', value: '+351 1', primary: true } as const
  const cell = { type: 'mobile', value: '+351 2', primary: true } as const

  it('are left alone where no contactMethods are given', async () => {
    expect(await sent({ email: 'ana@home.example', phone: null })).toEqual({
      email: 'ana@home.example',
      phone: null,
    })
  })

  it('follow from the primary methods', async () => {
    expect(await sent({ contactMethods: [home, work, desk] })).toEqual({
      contactMethods: [home, work, desk],
      email: 'ana@work.example',
      phone: '+351 1',
    })
  })

  it('are cleared where the methods have no primary, as the array replaces', async () => {
    expect(await sent({ contactMethods: [home, cell] })).toEqual({
      contactMethods: [home, cell],
      email: null,
      phone: null,
    })
    expect(await sent({ contactMethods: [] })).toEqual({ contactMethods: [], email: null, phone: null })
    expect(await sent({ contactMethods: null })).toEqual({ contactMethods: null, email: null, phone: null })
  })

  it('may be given beside primaries that say the same', async () => {
    expect(await sent({ email: 'ana@work.example', contactMethods: [work] })).toMatchObject({
      email: 'ana@work.example',
      contactMethods: [work],
    })
  })

  it('make the method of that value the primary one', async () => {
    expect(await sent({ email: 'ana@home.example', contactMethods: [home] })).toMatchObject({
      email: 'ana@home.example',
      contactMethods: [{ ...home, primary: true }],
    })
  })

  it('make the right one of several the primary one', async () => {
    const old = { type: 'email', value: 'ana@old.example' } as const
    const same = { type: 'other', value: 'ana@home.example' } as const
    expect(await sent({ email: 'ana@home.example', contactMethods: [old, same, home] })).toMatchObject({
      contactMethods: [old, same, { ...home, primary: true }],
    })
  })

  it('are added where the methods do not have them', async () => {
    const email = { type: 'email', value: 'ana@home.example', primary: true }
    expect(await sent({ email: 'ana@home.example', contactMethods: [desk] })).toMatchObject({
      email: 'ana@home.example',
      phone: '+351 1',
      contactMethods: [desk, email],
    })
    expect(await sent({ email: 'ana@home.example', contactMethods: null })).toMatchObject({
      email: 'ana@home.example',
      contactMethods: [email],
    })
  })

  it('do not touch what the caller passed', async () => {
    const contactMethods = [{ ...home }]
    await sent({ email: 'ana@home.example', contactMethods })
    expect(contactMethods).toEqual([home])
  })

  it('must not disagree with the primaries', async () => {
    expect(await refusalOf({ email: 'ana@home.example', contactMethods: [work] })).toMatchObject([
      { path: 'email' },
    ])
    expect(await refusalOf({ phone: null, contactMethods: [desk] })).toMatchObject([{ path: 'phone' }])
    expect(await refusalOf({ email: 'a@x', phone: '1', contactMethods: [work, desk] })).toMatchObject([
      { path: 'email' },
      { path: 'phone' },
    ])
  })

  it('must have one primary a type at most', async () => {
    const second = { ...home, primary: true }
    expect(await refusalOf({ contactMethods: [work, second] })).toMatchObject([{ path: 'contactMethods' }])
    expect(await sent({ contactMethods: [work, desk, cell] })).toMatchObject({
      contactMethods: [work, desk, cell],
    })
  })

  it('may disagree by nobody’s fault: null where the methods have no primary', async () => {
    expect(await sent({ email: null, contactMethods: [home] })).toMatchObject({
      email: null,
      contactMethods: [home],
    })
  })
})
