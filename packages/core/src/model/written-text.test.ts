import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { requiredText, writtenEmail, writtenPhone, writtenText, writtenTime, writtenUrl } from './written.ts'

function messagesOf(schema: v.GenericSchema, value: unknown): string[] {
  return v.safeParse(schema, value).issues?.map((issue) => issue.message) ?? []
}

describe('writtenText', () => {
  it.each(['a', ' padded ', 'José', '王小明', 'مرحبا', '😀', '0', '\u200d!'])('takes %j as it is', (text) => {
    expect(v.parse(writtenText, text)).toBe(text)
  })

  it.each(['', ' ', '\t\n', '\u00a0', '\u3000', '\ufeff'])(
    'refuses blank %j, and says how to clear',
    (text) => {
      expect(messagesOf(writtenText, text)).toEqual([
        'must not be blank: send null to clear it, or leave it out',
      ])
      expect(messagesOf(requiredText, text)).toEqual(['must not be blank'])
    },
  )

  it.each([1, true, null, undefined, [], {}, new Date(0), new String('boxed')])('refuses %o', (value) => {
    expect(messagesOf(writtenText, value)).toEqual(['must be a string'])
    expect(messagesOf(requiredText, value)).toEqual(['must be a string'])
  })

  it('refuses half a surrogate pair', () => {
    expect(messagesOf(writtenText, 'a\ud83d')).toEqual(['holds half a surrogate pair'])
    expect(messagesOf(requiredText, '\ude00a')).toEqual(['holds half a surrogate pair'])
  })
})

describe('writtenEmail', () => {
  it.each([
    'ana@example.com',
    'ana+tag@example.com',
    "o'hara@example.co.uk",
    'josé@exämple.com',
    '用户@例子.广告',
    'مستخدم@مثال.إختبار',
    '😀@example.com',
    'ana@localhost',
    'ana@[192.168.0.1]',
    '"ana souza"@example.com',
    '"a@b"@example.com',
    '"a\\"b"@example.com',
  ])('takes %s', (email) => {
    expect(v.parse(writtenEmail, email)).toBe(email)
  })

  it.each([
    'ana',
    '@example.com',
    'ana@',
    'a@b@c',
    'ana souza@example.com',
    'ana@exam ple.com',
    ' ana@example.com',
    'ana@example.com ',
    'Ana <ana@example.com>',
    'ana@example.com, bob@example.com',
    'ana@example.com\n',
  ])('refuses %j', (email) => {
    expect(messagesOf(writtenEmail, email)).toEqual(['must look like an email address'])
  })

  it('says one thing of blank text', () => {
    expect(messagesOf(writtenEmail, ' ')).toEqual([
      'must not be blank: send null to clear it, or leave it out',
    ])
  })
})

describe('writtenPhone', () => {
  it.each([
    '+14155552671',
    '+1 (415) 555-2671',
    '0800 FLOWERS 1',
    '415.555.2671 ext. 12',
    '٠١٠١٢٣٤٥٦٧٨',
    '०१२३४५६७८९',
    '+１４１５',
    '5',
  ])('takes %s', (phone) => {
    expect(v.parse(writtenPhone, phone)).toBe(phone)
  })

  it.each(['none', '+', 'ana@example.com', '1@2', '½', 'Ⅳ'])('refuses %j', (phone) => {
    expect(messagesOf(writtenPhone, phone)).toEqual(['must look like a phone number'])
  })
})

describe('writtenUrl', () => {
  it.each([
    'https://example.com',
    'http://localhost:3000/a.png?x=1#y',
    'HTTPS://EXAMPLE.COM',
    'https://例子.广告/图',
  ])('takes %s', (url) => {
    expect(v.parse(writtenUrl, url)).toBe(url)
  })

  it.each([
    'example.com/a.png',
    '//example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'https://',
    'https:///a',
    'https://?x',
    'https://exa mple.com',
    ' https://example.com',
  ])('refuses %j', (url) => {
    expect(messagesOf(writtenUrl, url)).toEqual(['must be an http(s) URL without white space'])
  })
})

describe('writtenTime', () => {
  it('makes UTC of it, to the millisecond', () => {
    expect(v.parse(writtenTime, '2026-01-31T09:00:00.5+01:00')).toBe('2026-01-31T08:00:00.500Z')
  })

  it.each(['2026-02-31T00:00:00Z', '2026-01-31', '2026-01-31T09:00:00', 'soon', ''])('refuses %j', (text) => {
    expect(messagesOf(writtenTime, text)).toEqual([
      'must be an ISO 8601 time with a zone, such as 2026-01-31T09:00:00Z',
    ])
  })

  it.each([new Date(0), 0, null])('refuses %o', (value) => {
    expect(messagesOf(writtenTime, value)).toEqual(['must be an ISO 8601 string'])
  })
})
