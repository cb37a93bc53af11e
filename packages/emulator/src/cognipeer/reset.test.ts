import { expect, test } from 'vitest'
import { setUpCognipeer } from './testing.ts'

test('reset forgets, softDelete marks', async () => {
  const { client, vendor } = setUpCognipeer()
  const [ana] = vendor.seed([{ email: 'ana@ex.org' }])
  expect(vendor.softDelete(ana?._id ?? '').deleted).toBe(true)
  expect(() => vendor.softDelete('nobody')).toThrow()
  expect(() => vendor.seed([{ _id: ana?._id ?? '' }])).toThrow('taken')
  await client.list()
  vendor.reset()
  expect([vendor.contacts, vendor.requests, vendor.faults.pending]).toEqual([[], [], 0])
})

test('a listing after a reset shows nobody of before, after as many writes', async () => {
  const { client, vendor } = setUpCognipeer()
  const listed = async () =>
    (await client.list({ sort: { name: 1 } })).json.data.map(({ name }: { name: string }) => name)
  vendor.seed([{ name: 'Ana' }])
  expect(await listed()).toEqual(['Ana'])
  vendor.reset()
  expect(await listed()).toEqual([])
  vendor.seed([{ name: 'Bo' }])
  expect(await listed()).toEqual(['Bo'])
})
