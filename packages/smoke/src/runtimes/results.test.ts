import { describe, expect, it } from 'vitest'
import { resultsIn } from './results.ts'

describe('what a program printed', () => {
  it('is read from its last line', () => {
    expect(resultsIn('a warning\n[{"name":"a"},{"name":"b","problem":"no"}]\n')).toEqual([
      { name: 'a' },
      { name: 'b', problem: 'no' },
    ])
  })

  it.each(['', 'Segmentation fault\n', '{"name":"a"}\n', '[1]\n', '[{}]'])('is no result: %j', (output) => {
    expect(() => resultsIn(output)).toThrow(`The program gave no results.\n${output}`)
  })
})
