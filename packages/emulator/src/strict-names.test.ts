import { describe, expect, test } from 'vitest'
import { createEmulator } from './index.ts'
import { type NamesOf, strictSeeds } from './strict-names.ts'

const { chatbotkit, cognipeer, channelInbox, contactMethods } = createEmulator()

/** Calls as a program in JavaScript does, whatever the types say. */
const call = (fn: (...args: never[]) => unknown, ...args: unknown[]): unknown =>
  Reflect.apply(fn, undefined, args)

describe('a field that no record of its kind has is refused', () => {
  test.each([
    ['ChatBotKit', 'contact', (seeds: object) => call(chatbotkit.seed, seeds)],
    ['ChatBotKit', 'conversation', (seeds: object) => call(chatbotkit.seedConversations, 'c', seeds)],
    ['ChatBotKit', 'task', (seeds: object) => call(chatbotkit.seedTasks, 'c', seeds)],
    ['ChatBotKit', 'space', (seeds: object) => call(chatbotkit.seedSpaces, 'c', seeds)],
    ['ChatBotKit', 'secret', (seeds: object) => call(chatbotkit.seedSecrets, 'c', seeds)],
    ['ChatBotKit', 'secret', (seeds: object) => call(chatbotkit.seedAccountSecrets, seeds)],
    ['Cognipeer', 'contact', (seeds: object) => call(cognipeer.seed, seeds)],
    ['the inbox', 'contact', (seeds: object) => call(channelInbox.seed, seeds)],
    ['the inbox', 'conversation', (seeds: object) => call(channelInbox.seedConversations, 'c', seeds)],
    ['the inbox', 'comment', (seeds: object) => call(channelInbox.seedComments, 'c', seeds)],
    ['the inbox', 'file', (seeds: object) => call(channelInbox.seedFiles, 'c', seeds)],
    ['the inbox', 'activity', (seeds: object) => call(channelInbox.seedActivities, 'c', seeds)],
    ['the inbox', 'notification', (seeds: object) => call(channelInbox.seedNotifications, seeds)],
    ['the contact methods', 'contact method', (seeds: object) => call(contactMethods.seed, seeds)],
  ])('by %s: %s', (_, kind, seed) => {
    expect(() => seed([{}, { nonsense: undefined }])).toThrow(
      `The ${kind} at index 1 has the unknown field "nonsense".`,
    )
    expect([chatbotkit.contacts, cognipeer.contacts, channelInbox.contacts]).toEqual([[], [], []])
  })

  test('with what is known, and the name that was meant where one is close', () => {
    expect(() => call(cognipeer.seed, [{ updatedDate: '2026-01-01' }])).toThrow(
      /"updatedDate"\. Known are: .*createdDate, modifiedDate/,
    )
    const near = (name: string): string => {
      try {
        call(channelInbox.seed, [{ [name]: '' }])
      } catch (error) {
        return /Did you mean "(.*?)"/.exec(String(error))?.[1] ?? 'nothing close'
      }
      return 'known'
    }
    expect(
      ['displayName', 'emial', 'phone_numer', 'businessUnitIds', 'labls', 'ID', 'ab', 'phone'].map(near),
    ).toEqual([
      'display_name',
      'email',
      'phone_number',
      'business_unit_id',
      'labels',
      'id',
      'nothing close',
      'nothing close',
    ])
  })

  test('a name that every object has included', () => {
    expect(() => call(chatbotkit.seed, JSON.parse('[{ "__proto__": {} }]'))).toThrow('"__proto__"')
    expect(() => call(chatbotkit.seed, [{ toString: 1 }])).toThrow('"toString"')
  })
})

test.each([
  [
    'a conversation’s conversation',
    () => call(channelInbox.seedConversations, 'c', [{ conversation: { staus: '' } }]),
  ],
  ['a file’s content', () => call(channelInbox.seedFiles, 'c', [{ content: { captoin: '' } }])],
])('and so is one inside %s', (_, seed) => {
  expect(seed).toThrow(
    /^The (conversation|file) at index 0, in "(conversation|content)", has the unknown field/,
  )
})

test('what is no array of objects is refused in words', () => {
  expect(() => call(chatbotkit.seed, { name: 'Ana' })).toThrow('Seeds of contacts come in an array')
  expect(() => call(channelInbox.seed, [{}, null])).toThrow('The contact at index 1 is not an object')
  expect(() => call(contactMethods.seed, ['ana@example.com'])).toThrow('at index 0 is not an object')
})

test('what is undefined takes its default', () => {
  const { channelInbox: inbox, chatbotkit: bots } = createEmulator()
  call(inbox.seed, [{ display_name: undefined, labels: undefined, first_name: 'Ana' }])
  expect(inbox.contacts).toMatchObject([{ display_name: 'Ana', labels: [] }])
  call(bots.seedTasks, 'c', [{ status: undefined }])
  call(bots.seed, [{ createdAt: undefined }])
  expect(bots.contacts[0]?.createdAt).toBeGreaterThan(0)
})

test('places for anything are free', () => {
  const anything = { whatever: { deep: [1, null] } }
  chatbotkit.seed([{ meta: anything }])
  cognipeer.seed([{ properties: anything, metadata: anything, __v: 0 }])
  channelInbox.seed([{ additional_params: anything, wecom_id: 'w1', position: 'CTO' }])
  channelInbox.seedNotifications([{ content: anything }])
  contactMethods.seed([{ clientId: 'c', type: 'email', value: 'a@example.com', metadata: anything }])
  chatbotkit.seedTasks('c', [{ meta: anything }])
  expect(channelInbox.contacts[0]?.additional_params).toEqual(anything)
})

test('an option that there is not is refused', () => {
  const make =
    (options: object): (() => unknown) =>
    () =>
      call(createEmulator, options)
  expect(make({ chatBotKit: {} })).toThrow(
    'createEmulator has the unknown option "chatBotKit". Did you mean "chatbotkit"?',
  )
  expect(make({ chatbotkit: { polLimit: 1 } })).toThrow(
    'createEmulator’s chatbotkit has the unknown option "polLimit"',
  )
  expect(make({ cognipeer: { notfound: '400' } })).toThrow('Did you mean "notFound"?')
  expect(make({ channelInbox: { notFound: 400 } })).toThrow('unknown option "notFound"')
  expect(make({ contactMethods: { environment: 'test' } })).toThrow('unknown option "environment"')
})

test('an option of listen too', async () => {
  const misspelled = call(createEmulator().listen, { pot: 4010 })
  await expect(misspelled).rejects.toThrow('listen has the unknown option "pot". Did you mean "port"?')
})

test.each([
  [{ chatbotkit: { secrets: { k: { account: 'a', trustd: true } } } }, 'chatbotkit.secrets', 'trusted'],
  [{ chatbotkit: { accounts: { a: { mail: '' } } } }, 'chatbotkit.accounts', 'email'],
  [{ cognipeer: { tokens: { k: { workspace: 'w', revoke: true } } } }, 'cognipeer.tokens', 'revoked'],
  [{ cognipeer: { hooks: { h: { workSpace: 'w' } } } }, 'cognipeer.hooks', 'workspace'],
  [{ channelInbox: { apiKeys: { k: { scope: true } } } }, 'channelInbox.apiKeys', 'scoped'],
  [{ channelInbox: { tokens: { k: { organisation: 'o' } } } }, 'channelInbox.tokens', 'organization'],
  [{ contactMethods: { apiKeys: { k: { permission: [] } } } }, 'contactMethods.apiKeys', 'permissions'],
])('and so is one of a credential: %o', (options, where, meant) => {
  expect(() => call(createEmulator, options)).toThrow(
    new RegExp(
      `^An entry of createEmulator’s ${where} has the unknown option ".*"\\. Did you mean "${meant}"\\?`,
    ),
  )
})

test('the compiler tells of a name that is left out, and of one too many', () => {
  // @ts-expect-error `b` is missing
  const missing: NamesOf<{ a?: string; b: number }> = { a: true }
  // @ts-expect-error there is no `c`
  const more: NamesOf<{ a?: string }> = { a: true, c: true }
  expect([missing, more].map((names) => typeof strictSeeds('record', names))).toEqual([
    'function',
    'function',
  ])
})
