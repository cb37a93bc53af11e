import { describe, expect, it } from 'vitest'
import { readWhere } from './where.ts'

const read = (...texts: readonly string[]) =>
  texts.reduce<ReturnType<typeof readWhere> | undefined>((before, text) => readWhere(text, before), undefined)

describe('--where', () => {
  it.each([
    ['status=active', { status: { eq: 'active' } }],
    ['status!=closed', { status: { ne: 'closed' } }],
    ['customFields.plan=pro,team', { 'customFields.plan': { in: ['pro', 'team'] } }],
    ['customFields.plan="a,b",c', { 'customFields.plan': { in: ['a,b', 'c'] } }],
    ['email', { email: { exists: true } }],
    ['email=', { email: { exists: false } }],
    ['createdAt>=2026-01-01', { createdAt: { gte: '2026-01-01T00:00:00Z' } }],
    ['updatedAt<2026-01-01T10:00:00+02:00', { updatedAt: { lt: '2026-01-01T10:00:00+02:00' } }],
    ['customFields.score=42', { 'customFields.score': { eq: 42 } }],
    ['customFields.score="42"', { 'customFields.score': { eq: '42' } }],
    ['customFields.consent=true', { 'customFields.consent': { eq: true } }],
    ['customFields.url=https://a.example/?x=1', { 'customFields.url': { eq: 'https://a.example/?x=1' } }],
    ['phone=42', { phone: { eq: '42' } }],
    ['name=2026-01-01', { name: { eq: '2026-01-01' } }],
    ['deleted=true', { deleted: { eq: true } }],
    ['{"email":{"exists":true}}', { email: { exists: true } }],
  ])('reads %s', (text, where) => {
    expect(read(text)).toEqual(where)
  })

  it('joins conditions on one field and on several', () => {
    expect(read('createdAt>=2026-01-01', 'createdAt<2026-02-01', 'email')).toEqual({
      createdAt: { gte: '2026-01-01T00:00:00Z', lt: '2026-02-01T00:00:00Z' },
      email: { exists: true },
    })
  })

  it.each([
    [['status=a', 'status=b'], 'status=one,two'],
    [['status=a', '{"status":"b"}'], 'status is there twice'],
    [['=a'], 'names no field'],
    [['{"a"'], 'is not JSON'],
    [['name="\\x"'], 'as in JSON'],
  ])('refuses %j', (texts, message) => {
    expect(() => read(...texts)).toThrow(message)
  })
})
