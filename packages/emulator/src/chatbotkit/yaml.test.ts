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
