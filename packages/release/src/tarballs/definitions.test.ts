import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeProject, packAll } from '@anycontact/smoke'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedPackages, toObject } from '../published.ts'

const program = `
import { type Contact, chatbotkit } from '@anycontact/chatbotkit'
import { ContactClient } from '@anycontact/chatbotkit/api'

const contacts = chatbotkit({ secret: 'sk' })
const stored = await contacts.upsert({ externalId: '1', name: 'Ana' }, { by: 'externalId' })
const contact: Contact = stored.contact
for await (const each of contacts.list()) console.log(each.email, contact.customFields)
await new ContactClient({ secret: 'sk' }).list()
`

let folder: string
let service: ts.LanguageService
let dispose: () => PromiseLike<void>

beforeAll(async () => {
  const project = await makeProject({
    tarballs: await packAll(),
    packages: publishedPackages()
      .filter(
        ({ manifest }) =>
          toObject(manifest.dependencies)['@anycontact/core'] || manifest.name === '@anycontact/core',
      )
      .map(({ name }) => name),
    files: { 'main.ts': program },
  })
  folder = project.folder
  dispose = () => project[Symbol.asyncDispose]()
  service = ts.createLanguageService(hostOf(join(folder, 'main.ts')))
}, 300_000)
afterAll(() => dispose())

test('the program compiles', () => {
  const problems = service.getSemanticDiagnostics(join(folder, 'main.ts'))
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
})

test.each([
  [
    'chatbotkit',
    'chatbotkit({',
    '@anycontact/chatbotkit',
    'Makes a client for the contacts of a ChatBotKit account.',
  ],
  ['upsert', 'upsert({', '@anycontact/core', /key|contact/],
  ['Contact', 'Contact = ', '@anycontact/core', /contact/i],
  ['list', 'list())', '@anycontact/core', /contact/],
  ['email', 'email, ', '@anycontact/core', /email/i],
  ['ContactClient', 'ContactClient } from', '@anycontact/chatbotkit', /.+/],
])('go to definition on %s leads to a declaration with its comment', (name, text, home, comment) => {
  const file = join(folder, 'main.ts')
  const at = program.indexOf(text)
  const [definition, ...others] = service.getDefinitionAtPosition(file, at) ?? []
  expect(definition?.name).toBe(name)
  for (const { fileName, textSpan } of definition ? [definition, ...others] : []) {
    expect(fileName).toMatch(new RegExp(`/node_modules/${home}/dist/[\\w-]+\\.d\\.ts$`))
    expect(readFileSync(fileName, 'utf8').slice(textSpan.start, textSpan.start + textSpan.length)).toBe(name)
  }
  const documentation = ts.displayPartsToString(service.getQuickInfoAtPosition(file, at)?.documentation)
  if (typeof comment === 'string') expect(documentation).toBe(comment)
  else expect(documentation).toMatch(comment)
})

function hostOf(file: string): ts.LanguageServiceHost {
  return {
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.asynciterable.d.ts'],
      module: ts.ModuleKind.NodeNext,
      strict: true,
      types: [],
    }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
  }
}
