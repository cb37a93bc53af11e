import { ContactsError } from '@anycontact/chatbotkit'
import { describe, expect, test } from 'vitest'
import { conditionText, countOf, duration, reasonOf, refusedByProvider, size } from './words.ts'

describe('the reason of a refusal', () => {
  test('is what is wrong and where', () => {
    const issues = [{ path: 'email', message: 'must look like an email address' }]
    const error = new ContactsError({ code: 'invalid_input', message: 'Cannot.', issues })
    expect(reasonOf(error)).toBe('email: must look like an email address')
    expect(refusedByProvider(error)).toBe(false)
  })

  test('is in the vendor’s words where the vendor refused', () => {
    const message = 'Refused. (HTTP 400) The provider says: "phone" must be a phone number'
    const error = new ContactsError({ code: 'invalid_input', message, status: 400 })
    expect(reasonOf(error)).toBe('"phone" must be a phone number')
    expect(refusedByProvider(error)).toBe(true)
  })

  test('is the message where there is nothing else', () => {
    expect(reasonOf(new ContactsError({ code: 'network', message: 'No answer.' }))).toBe('No answer.')
  })
})

test('conditions', () => {
  expect(conditionText({ field: 'phone', operator: 'exists', value: true })).toBe('phone exists')
  expect(conditionText({ field: 'phone', operator: 'exists', value: false })).toBe('phone is absent')
  expect(conditionText({ field: 'name', operator: 'eq', value: 'Ana' })).toBe('name = "Ana"')
  expect(conditionText({ field: 'name', operator: 'in', value: ['Ana', 'Eva'] })).toBe(
    'name in ["Ana","Eva"]',
  )
  expect(conditionText({ field: 'name', operator: 'ne', value: 'Ana' })).toBe('name ne "Ana"')
})

test('numbers with their units', () => {
  expect(countOf(1, 'row')).toBe('1 row')
  expect(countOf(1000, 'row')).toBe('1,000 rows')
  expect(duration(340.4)).toBe('340 ms')
  expect(duration(2149)).toBe('2.1 s')
  expect(size(1)).toBe('1 byte')
  expect(size(98_600)).toBe('99 kB')
})
