import type { ContactsWith } from '@anycontact/core'
import { type CallToolResult, Client } from '@modelcontextprotocol/client'
import { InMemoryTransport } from '@modelcontextprotocol/server'
import { onTestFinished } from 'vitest'
import type { ContactsServerOptions } from '../options.ts'
import { createContactsServer } from '../server.ts'

/** What a tool answered, taken apart. */
export interface Answered {
  readonly text: string
  readonly isError: boolean
  /** The structured content, or what the text says. */
  readonly said: Readonly<Record<string, unknown>>
  /** What contacts hold. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** A model's side of a server, through the protocol's own client. */
export interface Connected {
  readonly client: Client
  call(tool: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<Answered>
}

/** Connects the protocol's own client with a server of contacts, in this process. */
export async function connect(
  contacts: ContactsWith<'list'>,
  options: ContactsServerOptions = {},
): Promise<Connected> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair()
  const server = createContactsServer(contacts, options)
  await server.connect(theirs)
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(ours)
  onTestFinished(() => client.close())
  return caller(client)
}

/** Calls tools and takes their answers apart. */
export function caller(client: Client): Connected {
  return {
    client,
    async call(name, args = {}, signal) {
      return answeredOf(await client.callTool({ name, arguments: args }, signal && { signal }))
    },
  }
}

function answeredOf({ content, structuredContent, isError }: CallToolResult): Answered {
  const [block, ...others] = content
  if (block?.type !== 'text' || others.length > 0) throw new Error('An answer is one text.')
  const said = isRecord(structuredContent) ? structuredContent : {}
  const rows = Array.isArray(said.untrustedContactData) ? said.untrustedContactData : []
  return { text: block.text, isError: isError === true, said, rows: rows.filter(isRecord) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
