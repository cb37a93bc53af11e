import { describe, expect, it } from 'vitest'
import { keyForm, phoneExtension } from './written.ts'

const NUMBER = '+1 415 555 2671'

describe('the extension of a phone number', () => {
  it.each([
    ' ext. 123',
    ' ext 123',
    'x123',
    ' x 123',
    ';ext=123',
    ' Extension: 123',
    ' (ext. 123)',
    ' #123',
    ', 123',
    ',,123#',
    ' доб. 123',
    ' int. 123',
    ' anexo 123',
    ' ext. ١٢٣',
    ' ext. 123',
  ])('is told from the number: "%s"', (written) => {
    expect(phoneExtension(NUMBER + written)).toBe('123')
    expect(keyForm('phone', NUMBER + written)).toBe('14155552671;123')
  })

  it.each([NUMBER, '14155552671', '(415) 555-2671', '+49 30/1234-56', '030 1234, 030 5678'])(
    'is not seen where there is none: "%s"',
    (written) => {
      expect(phoneExtension(written)).toBeUndefined()
      expect(keyForm('phone', written)).toBe(written.replace(/\D/g, ''))
    },
  )
})

describe('the form of a phone number', () => {
  it('is that of its digits, whatever the script and the signs between them', () => {
    for (const same of [NUMBER, '+1-415-555-2671', '1(415)5552671', 'tel:+1.415.555.2671', '+١٤١٥٥٥٥٢٦٧١']) {
      expect(keyForm('phone', same)).toBe('14155552671')
    }
  })

  it('keeps letters, which stand for digits', () => {
    expect(keyForm('phone', '1-800-FLOWERS')).not.toBe(keyForm('phone', '1-800-TAXICAB'))
    expect(keyForm('phone', '1-800-FLOWERS')).toBe(keyForm('phone', '1 800 flowers'))
  })

  it('takes the extension off before the provider’s own spelling is made', () => {
    const canonical = (_key: string, number: string): string => `+1${number.replace(/\D/g, '')}`
    expect(keyForm('phone', '(415) 555-2671 x7', canonical)).toBe('14155552671;7')
  })
})
