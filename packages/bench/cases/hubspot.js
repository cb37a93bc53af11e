/**
 * Listings in HubSpot's own wire format, pages of 100: by a plain loop, and by the vendor's client.
 *
 * @typedef {import('./listing.js').Program} Program
 */
import { createRequire } from 'node:module'
import { Tally } from './tally.js'

const PAGE = 100

/** @type {Program} */
export const pagesRaw =
  async ({ url }) =>
  async () => {
    const tally = new Tally()
    let after = ''
    for (;;) {
      const response = await fetch(
        `${url}/crm/v3/objects/contacts?limit=${PAGE}${after && `&after=${after}`}`,
        { headers: { authorization: 'Bearer secret' } },
      )
      const page = JSON.parse(await response.text())
      for (const { properties } of page.results) tally.add(properties.firstname)
      if (!page.paging) return tally.outcome()
      after = page.paging.next.after
    }
  }

/** @type {Program} */
export const pagesSdk = async ({ url }) => {
  const { Client } = createRequire(new URL('../peers/package.json', import.meta.url))('@hubspot/api-client')
  const { basicApi } = new Client({ accessToken: 'secret', basePath: url }).crm.contacts
  return async () => {
    const tally = new Tally()
    /** @type {string | undefined} */
    let after
    do {
      const { results, paging } = await basicApi.getPage(PAGE, after)
      for (const { properties } of results) tally.add(properties.firstname)
      after = paging?.next?.after
    } while (after)
    return tally.outcome()
  }
}
