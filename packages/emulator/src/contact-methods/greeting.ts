import { counted } from '../counted.ts'
import { DEFAULT_API_KEY } from './options.ts'

/**
 * What the program prints of this API: how to connect to it.
 *
 * @param url - where it is served
 * @param count - how many contact methods there are
 */
export function contactMethodsGreeting(url: string, count: number): string {
  const options = `apiKey: '${DEFAULT_API_KEY}', environment: 'test', baseUrl: '${url}'`
  return `Client contact-methods API (Artu): ${url} (API key ${DEFAULT_API_KEY}, environment test, ${counted(count, 'contact method')})

  import { contactMethods } from '@anycontact/contact-methods'
  const contacts = contactMethods({ ${options} })
  for await (const contact of contacts.list()) console.log(contact.id, contact.email)

  import { ComplianceSDK } from '@anycontact/contact-methods/api'
  const sdk = new ComplianceSDK({ ${options} })

  curl -X POST -H 'authorization: Bearer ${DEFAULT_API_KEY}' -H 'x-environment: test' ${url}/contact-methods/list

`
}
