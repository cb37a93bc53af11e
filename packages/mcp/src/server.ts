import type { ContactsWith } from '@anycontact/core'
import { McpServer } from '@modelcontextprotocol/server'
import packageJson from '../package.json' with { type: 'json' }
import { Changes } from './changes/changes.ts'
import { instructionsOf } from './instructions.ts'
import { type ContactsServerOptions, readOptions } from './options.ts'
import { countTool } from './tools/count-contacts.ts'
import { createTools } from './tools/create-contact.ts'
import { deleteTools } from './tools/delete-contact.ts'
import { duplicatesTool } from './tools/find-duplicates.ts'
import { getTool } from './tools/get-contact.ts'
import { listTool } from './tools/list-contacts.ts'
import { searchTool } from './tools/search-contacts.ts'
import type { Tool } from './tools/tool.ts'
import { updateTools } from './tools/update-contact.ts'
import type { WriteWorkshop } from './tools/write-tools.ts'

/**
 * Makes a server of the Model Context Protocol that offers a client's contacts as tools: those that the client can do, and no others.
 * Connect it to a transport; each connection has a server of its own. `serveStdio` does both for a program that an
 * application starts.
 *
 * @param contacts - the client of any provider that can list
 * @throws ContactsError `config` for options that cannot work
 *
 * @example
 * ```ts
 * const server = createContactsServer(contacts)
 * await server.connect(transport)
 * ```
 */
export function createContactsServer(
  contacts: ContactsWith<'list'>,
  options: ContactsServerOptions = {},
): McpServer {
  return serverMaker(contacts, options)()
}

/** Makes what makes servers for one connection, which a client may begin twice: they share cursors and previews. */
export function serverMaker(contacts: ContactsWith<'list'>, options: ContactsServerOptions): () => McpServer {
  const settings = readOptions(options)
  const workshop = { contacts, settings }
  const tools: readonly (Tool | undefined)[] = [
    listTool(workshop),
    searchTool(workshop),
    getTool(workshop),
    countTool(workshop),
    duplicatesTool(workshop),
    ...(settings.write ? writeTools({ ...workshop, changes: new Changes(settings) }) : []),
  ]
  return () => {
    const server = new McpServer(
      { name: 'anycontact', title: `Contacts of ${contacts.provider}`, version: packageJson.version },
      {
        instructions: instructionsOf(contacts.provider, settings),
        capabilities: { tools: { listChanged: false } },
      },
    )
    for (const tool of tools) tool?.register(server, settings)
    return server
  }
}

function writeTools(workshop: WriteWorkshop): Tool[] {
  return [...createTools(workshop), ...updateTools(workshop), ...deleteTools(workshop)]
}
