import { counted } from '../counted.ts'
import { DEFAULT_SECRET } from './options.ts'

/**
 * What the program prints of this API: how to connect to it.
 *
 * @param url - where it is served
 * @param count - how many contacts there are
 */
export function chatbotkitGreeting(url: string, count: number): string {
  const options = `secret: '${DEFAULT_SECRET}', baseUrl: '${url}'`
  return `ChatBotKit contacts API: ${url} (secret ${DEFAULT_SECRET}, ${counted(count, 'contact')})

  import { chatbotkit } from '@anycontact/chatbotkit'
  const contacts = chatbotkit({ ${options} })
  for await (const contact of contacts.list()) console.log(contact.name, contact.email)

  import { ContactClient } from '@anycontact/chatbotkit/api' // or '@chatbotkit/sdk/contact/index'
  const client = new ContactClient({ ${options} })

  curl -H 'authorization: Bearer ${DEFAULT_SECRET}' ${url}/api/v1/contact/list

`
}
