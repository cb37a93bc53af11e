import { counted } from '../counted.ts'
import { DEFAULT_HOOK_ID, DEFAULT_TOKEN } from './options.ts'

/**
 * What the program prints of this API: how to connect to it.
 *
 * @param url - where it is served
 * @param count - how many contacts there are
 */
export function cognipeerGreeting(url: string, count: number): string {
  const credentials = `token: '${DEFAULT_TOKEN}', hookId: '${DEFAULT_HOOK_ID}'`
  return `Cognipeer contacts API: ${url}/v1 (token ${DEFAULT_TOKEN}, hook ${DEFAULT_HOOK_ID}, ${counted(count, 'contact')})

  import { cognipeer } from '@anycontact/cognipeer'
  const contacts = cognipeer({ ${credentials}, baseUrl: '${url}/v1' })
  for await (const contact of contacts.list()) console.log(contact.name, contact.email)

  import { CognipeerClient } from '@anycontact/cognipeer/api' // or '@cognipeer/sdk'
  const client = new CognipeerClient({ ${credentials}, apiUrl: '${url}/v1' })

  curl -H 'authorization: Bearer ${DEFAULT_TOKEN}' -H 'x-hook-id: ${DEFAULT_HOOK_ID}' '${url}/v1/sdk/contact?integrationId=crm-0001'

`
}
