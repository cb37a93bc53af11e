import { Client } from '@hubspot/api-client'

const { basicApi } = new Client({ accessToken: 'secret' }).crm.contacts
const { id } = await basicApi.create({
  properties: { firstname: 'Ana', lastname: 'Souza', email: 'ana@example.com' },
})
console.log((await basicApi.getById(id)).properties.email)
const { results, paging } = await basicApi.getPage(100)
for (const { properties } of results) console.log(properties.firstname, properties.email)
console.log(paging?.next?.after)
await basicApi.update(id, { properties: { phone: '' } })
