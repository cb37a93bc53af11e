import { defineSync, type Sync } from '@anycontact/sync'
import { CLIENTS, type ClientMeans } from './clients.ts'
import type { Definition, Means } from './engine.ts'

/** What every sync of a simulation is defined with, whatever its route. */
type Options = Pick<
  Definition,
  'direction' | 'absent' | 'deletions' | 'conflicts' | 'keep' | 'maxDeletions'
> & {
  readonly name: string
}

type Make = (source: ClientMeans, target: ClientMeans, options: Options) => Sync

const { chatbotkit, cognipeer, 'channel-inbox': inbox, 'contact-methods': methods } = CLIENTS

/** The sync of each route, as a user writes it. */
const SYNCS: Readonly<Record<string, Make>> = {
  'cognipeer to chatbotkit': (source, target, options) =>
    defineSync({
      ...options,
      source: cognipeer(source),
      target: chatbotkit(target),
      by: 'externalId',
      fields: { status: 'customFields.status' },
      lost: ['tags'],
    }),
  'chatbotkit to cognipeer': (source, target, options) =>
    defineSync({
      ...options,
      source: chatbotkit(source),
      target: cognipeer(target),
      by: 'externalId',
      fields: { note: 'customFields.note', nickname: 'customFields.nickname' },
      lost: ['verifiedAt'],
    }),
  'cognipeer to channel-inbox': (source, target, options) =>
    defineSync({
      ...options,
      source: cognipeer(source),
      target: inbox(target),
      by: 'email',
      lost: ['externalId', 'status', 'customFields'],
    }),
  'channel-inbox to cognipeer': (source, target, options) =>
    defineSync({
      ...options,
      source: inbox(source),
      target: cognipeer(target),
      by: 'email',
      fields: { note: 'customFields.note' },
      lost: ['givenName', 'familyName', 'avatarUrl', 'locale', 'timezone'],
    }),
  'channel-inbox to chatbotkit': (source, target, options) =>
    defineSync({
      ...options,
      source: inbox(source),
      target: chatbotkit(target),
      by: 'email',
      lost: ['givenName', 'familyName', 'avatarUrl', 'locale', 'timezone', 'tags'],
    }),
  'chatbotkit to channel-inbox': (source, target, options) =>
    defineSync({
      ...options,
      source: chatbotkit(source),
      target: inbox(target),
      by: 'email',
      lost: ['externalId', 'nickname', 'customFields', 'verifiedAt'],
    }),
  'contact-methods to chatbotkit': (source, target, options) =>
    defineSync({
      ...options,
      source: methods(source),
      target: chatbotkit(target),
      by: { source: 'id', target: 'externalId' },
      lost: ['contactMethods'],
    }),
  'chatbotkit to contact-methods': (source, target, options) =>
    defineSync({
      ...options,
      source: chatbotkit(source),
      target: methods(target),
      by: { source: 'externalId', target: 'id' },
      lost: ['name', 'nickname', 'note', 'customFields', 'verifiedAt'],
    }),
}

/** The sync that a process of a simulation runs, with clients of its own. */
export function syncOf({ definition, fetch, clock, random, rateLimit }: Means): Sync {
  const { route, direction, absent, deletions, conflicts, keep, maxDeletions } = definition
  const name = `${route.source} to ${route.target}`
  const make = SYNCS[name]
  if (!make) throw new Error(`There is no sync from ${name}.`)
  const means = { clock, random }
  return make(
    { ...means, fetch: fetch.source, rateLimit: rateLimit.source },
    { ...means, fetch: fetch.target, rateLimit: rateLimit.target },
    { name, direction, absent, deletions, conflicts, keep, maxDeletions },
  )
}
