/**
 * First imports: what a process pays before its first line runs, over what Node itself takes to start.
 *
 * @typedef {() => Promise<() => Promise<{ items: number }>>} Program
 */
import { createRequire } from 'node:module'

/**
 * @param {() => object | Promise<object>} load
 * @returns {Program}
 */
const importing = (load) => async () => async () => ({ items: Object.keys(await load()).length })

/** Of Node's own, and in memory already: what an import takes that has nothing to do. */
export const nothing = importing(() => import('node:fs'))

export const ofetch = importing(() => import('ofetch'))
export const valibot = importing(() => import('valibot'))

export const chatbotkit = importing(() => import('@anycontact/chatbotkit'))
export const cognipeer = importing(() => import('@anycontact/cognipeer'))
export const channelInbox = importing(() => import('@anycontact/channel-inbox'))
export const contactMethods = importing(() => import('@anycontact/contact-methods'))
export const memory = importing(() => import('@anycontact/memory'))

export const chatbotkitApi = importing(() => import('@anycontact/chatbotkit/api'))
export const cognipeerApi = importing(() => import('@anycontact/cognipeer/api'))
export const channelInboxApi = importing(() => import('@anycontact/channel-inbox/api'))
export const contactMethodsApi = importing(() => import('@anycontact/contact-methods/api'))

export const chatbotkitSdk = importing(() => import('@chatbotkit/sdk/contact/index.js'))
export const hubspotSdk = importing(() =>
  createRequire(new URL('../peers/package.json', import.meta.url))('@hubspot/api-client'),
)
