import { chatbotkit } from '@anycontact/chatbotkit'
import { ContactClient, listContacts } from '@anycontact/chatbotkit/api'
import { CHATBOTKIT_SECRET } from '@anycontact/emulator'
import { clientsOn } from '../bench.js'
import { equal, holds } from '../checking.js'

/** @import { Bench } from '../bench.js' */
/** @import { Check } from '../checking.js' */

/**
 * What is sent and answered in other forms than JSON.
 *
 * @param {Bench} bench
 * @returns {Check[]}
 */
export function bodyChecks(bench) {
  return [
    {
      name: 'a file is uploaded',
      async run() {
        const { channelInbox } = clientsOn(bench)
        const png = new Blob([new Uint8Array(70_000).fill(7)], { type: 'image/png' })
        const { url } = await channelInbox.avatar.upload(png)
        holds(url, 'it has an address')
      },
    },
    {
      name: 'a face of a vendor lists, whole and as a stream',
      async run() {
        await bench.seed('chatbotkit', [{ name: 'Zoë 🦊' }, { name: 'Bo' }])
        const client = new ContactClient({ secret: CHATBOTKIT_SECRET, ...faceOptions(bench) })
        equal((await client.list()).items.map(({ name }) => name).sort(), ['Bo', 'Zoë 🦊'], 'list')
        const names = []
        for await (const { type, data } of listContacts(client).stream()) {
          if (type === 'item') names.push(data.name)
        }
        equal(names.sort(), ['Bo', 'Zoë 🦊'], 'stream')
      },
    },
    {
      name: 'the global fetch can be given as an option',
      async run() {
        await bench.seed('chatbotkit', [{ name: 'Bo' }])
        const { baseUrl, fetch = globalThis.fetch } = bench.reach('chatbotkit')
        const where = { secret: CHATBOTKIT_SECRET, ...(baseUrl && { baseUrl }) }
        equal(await chatbotkit({ ...where, fetch }).count(), 1, 'adapter')
        equal((await new ContactClient({ ...where, fetchFn: fetch }).list()).items.length, 1, 'face')
      },
    },
    {
      name: 'an endpoint by hand',
      async run() {
        const { chatbotkit } = clientsOn(bench)
        await bench.seed('chatbotkit', [{ name: 'Zoë 🦊' }])
        const answer = await chatbotkit.request({
          method: 'GET',
          path: '/v1/contact/list',
          query: { take: 1 },
        })
        holds(JSON.stringify(answer).includes('Zoë 🦊'), 'it is there')
      },
    },
  ]
}

/** @param {Bench} bench */
function faceOptions(bench) {
  const { fetch, baseUrl } = bench.reach('chatbotkit')
  return { ...(fetch && { fetchFn: fetch }), ...(baseUrl && { baseUrl }) }
}
