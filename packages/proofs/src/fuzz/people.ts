import fc from 'fast-check'

/** Text that was trouble somewhere. */
const ODD_TEXTS = [
  ' before',
  'behind ',
  'a\u200bb',
  '\ufeffa',
  'a\u202eb',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'e\u0301',
  '\u00e9',
  '\ufb01',
  '\u0130stanbul',
  'a\tb',
  'a\nb',
  'a\r\nb',
  'a\u0001b',
  'a\u2028b',
  '=1+1',
  '+1',
  '-1,=2;@3',
  "'=x",
  '"',
  'a;b,c',
  '007',
  '1e3',
  'null',
  'true',
  '%2F%00',
  '{id}',
  '../x?y#z',
  '<b>',
  '\\',
  '$where',
  '{{x}}',
  'x'.repeat(3000),
] as const

/** Text that nothing can send. */
const UNSENDABLE = ['a\0b', 'a\ud83db', '\udc00'] as const

/** Keys that mean something in JavaScript, in a path or in a database. */
const ODD_KEYS = [
  'a.b',
  'a.b.c',
  '.',
  'a.',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'length',
  '0',
  '$set',
  'a b',
  '\u00e9',
  '\u{1f600}',
  'meta.name',
  'id',
] as const

/** Numbers at the edges of what JSON and JavaScript hold. */
const EDGES = [
  0,
  -0,
  0.1,
  -1.5,
  5e-324,
  2.2250738585072014e-308,
  123456.125,
  1e15,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
] as const
const BEYOND = [2 ** 53, -(2 ** 53), 1e21, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY] as const

/** What may be given, and whether some of it cannot be taken. */
export type Mood = 'good' | 'odd' | 'bad'

const plainText = fc.stringMatching(/^[a-z]{1,8}$/)

/** Text as people and programs write it. */
export function text(mood: Mood): fc.Arbitrary<string> {
  if (mood === 'good') return plainText
  const odd = fc.oneof(
    plainText,
    fc.constantFrom(...ODD_TEXTS),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  )
  return mood === 'odd'
    ? odd
    : fc.oneof({ arbitrary: odd, weight: 9 }, fc.constantFrom(...UNSENDABLE, '', ' '))
}

function key(mood: Mood): fc.Arbitrary<string> {
  if (mood === 'good') return plainText
  const odd = fc.oneof(plainText, fc.constantFrom(...ODD_KEYS), text('odd'))
  return mood === 'odd'
    ? odd
    : fc.oneof({ arbitrary: odd, weight: 9 }, fc.constantFrom('__proto__', ...UNSENDABLE))
}

/** Any JSON value. */
function json(mood: Mood): fc.Arbitrary<unknown> {
  const numbers = fc.oneof(
    fc.constantFrom(...EDGES),
    fc.integer(),
    fc.double({ noNaN: true, min: -9e15, max: 9e15 }),
  )
  const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
    leaf: fc.oneof(
      text(mood),
      fc.boolean(),
      fc.constant(null),
      mood === 'bad' ? fc.oneof({ arbitrary: numbers, weight: 9 }, fc.constantFrom(...BEYOND)) : numbers,
    ),
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('tree'), { maxLength: 3 }),
      record(key(mood), tie('tree')),
    ),
  }))
  return tree
}

/** An object with these keys; `__proto__` becomes a member like the others. */
function record(keys: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc.array(fc.tuple(keys, values), { maxLength: 4 }).map((entries) => Object.fromEntries(entries))
}

/** Custom fields. */
export function customFields(mood: Mood): fc.Arbitrary<object> {
  return record(key(mood), json(mood))
}

const TYPES = ['email', 'phone', 'mobile', 'fax', 'other'] as const

function emailOf(mood: Mood): fc.Arbitrary<string> {
  const good = plainText.map((name) => `${name}@example.com`)
  return mood === 'bad'
    ? fc.oneof(
        good,
        text(mood).map((name) => `${name}@example.com`),
      )
    : good
}

function phoneOf(mood: Mood): fc.Arbitrary<string> {
  const good = fc.integer({ min: 1000, max: 9999 }).map((end) => `+1415555${end}`)
  const odd = fc.constantFrom(
    '+1 (415) 555-2671',
    '+1 415 555 2671 ext. 12',
    '\u0664\u0661\u0665',
    '0800 FLOWERS 1',
  )
  if (mood === 'good') return good
  return mood === 'odd'
    ? fc.oneof(good, odd)
    : fc.oneof(
        good,
        odd,
        text(mood).map((name) => `+1415${name}`),
      )
}

const some = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null | undefined> =>
  fc.oneof({ arbitrary: values, weight: 8 }, fc.constantFrom(null, undefined))

/** One contact method, as a caller writes it. */
export function method(mood: Mood): fc.Arbitrary<Record<string, unknown>> {
  return fc.constantFrom(...TYPES).chain((type) =>
    fc.record(
      {
        type: fc.constant(type),
        value: type === 'email' ? emailOf(mood) : type === 'other' ? text(mood) : phoneOf(mood),
        label: some(text(mood)),
        primary: fc.boolean(),
        verified: fc.boolean(),
        externalId: some(text(mood)),
        customFields: some(customFields(mood)),
      },
      { requiredKeys: ['type', 'value'] },
    ),
  )
}

const time = fc.constantFrom(
  '2026-01-31T09:00:00Z',
  '2026-01-31T09:00:00.123+05:30',
  '1969-12-31T23:59:59-01:00',
)

/** A contact, as a caller writes it. */
export function contact(mood: Mood): fc.Arbitrary<Record<string, unknown>> {
  const words = some(text(mood))
  return fc.record(
    {
      externalId: words,
      name: words,
      givenName: words,
      familyName: words,
      nickname: words,
      email: some(emailOf(mood)),
      phone: some(phoneOf(mood)),
      contactMethods: some(fc.array(method(mood), { maxLength: 3 })),
      avatarUrl: fc.constant('https://example.com/a.png?b=c&d=%20'),
      note: words,
      locale: words,
      timezone: words,
      tags: some(fc.array(text(mood), { maxLength: 3 })),
      status: words,
      customFields: some(customFields(mood)),
      verifiedAt: time,
    },
    { requiredKeys: [] },
  )
}

/** Mostly what can be taken. */
export const moods: fc.Arbitrary<Mood> = fc.constantFrom('good', 'odd', 'odd', 'bad')
