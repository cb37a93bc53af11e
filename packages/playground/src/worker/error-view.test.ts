import { ContactsError } from '@anycontact/core'
import { expect, test } from 'vitest'
import { errorView, lineOf } from './error-view.ts'

test('an error of AnyContact has its facts and its issues', () => {
  const error = new ContactsError({
    code: 'unsupported_field',
    message: 'cannot store tags',
    provider: 'chatbotkit',
    operation: 'create',
    issues: [
      { path: 'tags', message: 'no such field' },
      { path: '', message: 'and more' },
    ],
  })
  expect(errorView(error)).toMatchObject({
    name: 'ContactsError',
    message: 'cannot store tags',
    facts: {
      code: 'unsupported_field',
      provider: 'chatbotkit',
      operation: 'create',
      applied: 'no',
      retryable: 'false',
    },
    issues: ['tags: no such field', 'and more'],
  })
})

test('anything can be thrown', () => {
  expect(errorView('text')).toEqual({ name: 'Thrown', message: 'text', facts: {}, issues: [] })
  expect(errorView({ a: 1 })).toMatchObject({ message: '{ a: 1 }' })
  expect(errorView(new RangeError('far'))).toMatchObject({ name: 'RangeError', message: 'far', facts: {} })
})

test.each([
  [
    'Error: x\n    at f (http://h/page.js:1:2)\n    at async blob:http://h/9d1-2:14:9\n    at blob:http://h/9d1-2:3:1',
    14,
  ],
  ['f@http://h/page.js:1:2\n@blob:http://h/9d1-2:5:9', 5],
  ['Error: x\n    at g (blob:http://h:80/9d1-2:7:11)', 7],
  ['Error: x\n    at f (http://h/page.js:1:2)', undefined],
  [undefined, undefined],
])('the line of the program in a stack', (stack, line) => {
  expect(lineOf(stack)).toBe(line)
})

test.each([
  ['a proxy', hostile()],
  ['an error whose message is none', Object.defineProperty(new Error(), 'message', { value: hostile() })],
])('%s that throws when it is looked at is told', (_, thrown) => {
  expect(structuredClone(errorView(thrown))).toMatchObject({ message: expect.any(String) })
})

test('a message and a stack that are no texts become texts', () => {
  const error = Object.assign(new Error(), { message: 7, stack: 5 })
  expect(errorView(error)).toMatchObject({ name: 'Error', message: '7' })
})

function hostile(): object {
  const refuse = (): never => {
    throw new Error('looked at')
  }
  return new Proxy({}, { get: refuse, ownKeys: refuse, getPrototypeOf: refuse })
}
