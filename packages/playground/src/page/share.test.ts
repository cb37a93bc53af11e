import { expect, test } from 'vitest'
import { fromHash, toHash } from './share.ts'

test('what is shared comes back', async () => {
  const code = "console.log('ü 😀 & # + / =')\n".repeat(50)
  const hash = await toHash({ provider: 'cognipeer', example: 'list', code })
  expect(hash).toMatch(/^[\w=&%-]+$/)
  expect(hash.length).toBeLessThan(code.length / 4)
  expect(await fromHash(`#${hash}`)).toEqual({ provider: 'cognipeer', example: 'list', code })
  expect(await fromHash('')).toEqual({})
})

test.each(['code=%%%', 'code=AAAA', 'code=', 'code=a b'])('%s is passed over', async (hash) => {
  expect(await fromHash(hash)).toEqual({})
})
