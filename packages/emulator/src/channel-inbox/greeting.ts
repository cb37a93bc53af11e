import { counted } from '../counted.ts'
import { DEFAULT_API_KEY } from './options.ts'

/** How to connect to the channel-inbox server. */
export function channelInboxGreeting(url: string, count: number): string {
  return `Channel inbox (iMBrace) contacts API: ${url} (API key ${DEFAULT_API_KEY}, ${counted(count, 'contact')})

  import { channelInbox } from '@anycontact/channel-inbox'
  const contacts = channelInbox({ apiKey: '${DEFAULT_API_KEY}', baseUrl: '${url}' })
  for await (const contact of contacts.list()) console.log(contact.name, contact.phone)

  import { ImbraceClient } from '@anycontact/channel-inbox/api'
  const client = new ImbraceClient({ apiKey: '${DEFAULT_API_KEY}', baseUrl: '${url}' })

  curl -H 'x-api-key: ${DEFAULT_API_KEY}' ${url}/channel-service/v1/contacts

`
}
