import { expect, test } from 'vitest'
import { toYaml } from './yaml.ts'

test.each([
  [{}, '{}\n'],
  [{ a: null, b: true, c: 1.5, d: [] }, 'a: null\nb: true\nc: 1.5\nd: []\n'],
  [
    { text: 'plain words', empty: '', no: 'no', num: '12', line: 'a\nb', hash: 'a #b' },
    'text: plain words\nempty: ""\n"no": "no"\nnum: "12"\nline: "a\\nb"\nhash: "a #b"\n',
  ],
  [
    { people: [{ name: 'Ana', tags: ['x'] }, 'Bo'] },
    'people:\n  - name: Ana\n    tags:\n      - x\n  - Bo\n',
  ],
  [{ nested: [[1, 2], []] }, 'nested:\n  - - 1\n    - 2\n  - []\n'],
])('%j', (value, yaml) => {
  expect(toYaml(value)).toBe(yaml)
})

test.each([
  '',
  'true',
  'False',
  'null',
  'yes',
  'NO',
  'on',
  'off',
  '~',
  '1e3',
  '.5',
  '-x',
  '+1',
  '? x',
  '#x',
  '&a',
  '*a',
  '!t',
  '|',
  '>',
  "'q'",
  '"q"',
  '%d',
  '@at',
  '`',
  '[x',
  '{x',
  ' lead',
  'trail ',
  'a: b',
  'a:',
  'a #b',
  'tab\there',
])('the text %j is quoted', (text) => {
  expect(toYaml({ text })).toBe(`text: ${JSON.stringify(text)}\n`)
})

test.each([
  'word',
  'two words',
  'a#b',
  'a:b',
  'nothing',
  'ja',
  'São Paulo',
  '李小龍',
  '🦊',
  "it's",
  'a-b',
  'trueish',
])('the text %j is plain', (text) => {
  expect(toYaml({ text })).toBe(`text: ${text}\n`)
})
