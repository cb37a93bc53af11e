import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFingerprint, encodeFingerprint } from './fingerprint.ts'

const PREFIX = 'anycontact-external-id:'
const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('fingerprint encoding', () => {
  it('keeps an id that is long enough as it is', () => {
    expect(encodeFingerprint('crm-user-00000042')).toBe('crm-user-00000042') // 17 characters
  })

  it('puts a short id behind the prefix, also one of exactly 16 characters', () => {
    expect(encodeFingerprint('user-42')).toBe(`${PREFIX}user-42`)
    expect(encodeFingerprint('crm-user-0000042')).toBe(`${PREFIX}crm-user-0000042`)
  })

  it('puts an id that begins with the prefix behind another one', () => {
    expect(encodeFingerprint(`${PREFIX}user-42`)).toBe(`${PREFIX}${PREFIX}user-42`)
  })

  it('counts the length without surrounding blanks', () => {
    expect(encodeFingerprint(`${' '.repeat(20)}x`)).toBe(`${PREFIX}${' '.repeat(20)}x`)
  })

  it('gives every id back that fits', () => {
    const id = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 190 }),
      fc.string({ maxLength: 40 }).map((text) => PREFIX + text),
    )
    fc.assert(
      fc.property(id, (externalId) => {
        fc.pre(externalId.trim() !== '')
        const plain = externalId.trim().length >= 17 && !externalId.startsWith(PREFIX)
        const fingerprint = plain ? externalId : PREFIX + externalId
        if (bytes(fingerprint) > 191) {
          expect(() => encodeFingerprint(externalId)).toThrow(/longer than the 191 bytes/)
        } else if (fingerprint.trim() !== fingerprint) {
          expect(() => encodeFingerprint(externalId)).toThrow(/begins or ends with blanks/)
        } else expect(decodeFingerprint(encodeFingerprint(externalId))).toBe(externalId)
      }),
    )
  })

  it('counts bytes, not characters', () => {
    expect(encodeFingerprint('😀'.repeat(42))).toBe('😀'.repeat(42))
    expect(encodeFingerprint('😀'.repeat(47))).toBe('😀'.repeat(47))
    expect(() => encodeFingerprint('😀'.repeat(48))).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  it('refuses blanks at the ends, which the server would cut off', () => {
    expect(() => encodeFingerprint('user-42 ')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(() => encodeFingerprint(` ${'x'.repeat(20)}`)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
    expect(encodeFingerprint(' user-42')).toBe(`${PREFIX} user-42`)
  })
})
