import { DEFAULT_API_KEY as INBOX_KEY } from './channel-inbox/options.ts'
import { DEFAULT_SECRET } from './chatbotkit/options.ts'
import { DEFAULT_HOOK_ID, DEFAULT_TOKEN } from './cognipeer/options.ts'
import { DEFAULT_API_KEY as METHODS_KEY } from './contact-methods/options.ts'
import { FAULTS_PATH, RESET_PATH } from './control.ts'

/** One emulated API, as the front page shows it. */
interface Api {
  readonly name: string
  /** What clients take as their base URL. */
  readonly baseUrl: string
  /** The credentials that are always accepted, as headers. */
  readonly headers: Readonly<Record<string, string>>
  /** The client that connects to it. */
  readonly client: string
  /** A request that lists contacts. */
  readonly example: { readonly method: 'GET' | 'POST'; readonly url: string; readonly body?: string }
}

function apisAt(origin: string): readonly Api[] {
  return [
    {
      name: 'ChatBotKit',
      baseUrl: origin,
      headers: { authorization: `Bearer ${DEFAULT_SECRET}` },
      client: `chatbotkit({ secret: '${DEFAULT_SECRET}', baseUrl: '${origin}' })`,
      example: { method: 'GET', url: `${origin}/api/v1/contact/list` },
    },
    {
      name: 'Cognipeer',
      baseUrl: `${origin}/v1`,
      headers: { authorization: `Bearer ${DEFAULT_TOKEN}`, 'x-hook-id': DEFAULT_HOOK_ID },
      client: `cognipeer({ token: '${DEFAULT_TOKEN}', hookId: '${DEFAULT_HOOK_ID}', baseUrl: '${origin}/v1' })`,
      example: { method: 'POST', url: `${origin}/v1/sdk/contact/list`, body: '{}' },
    },
    {
      name: 'Channel inbox (iMBrace)',
      baseUrl: origin,
      headers: { 'x-api-key': INBOX_KEY },
      client: `channelInbox({ apiKey: '${INBOX_KEY}', baseUrl: '${origin}' })`,
      example: { method: 'GET', url: `${origin}/channel-service/v1/contacts` },
    },
    {
      name: 'Contact methods (Artu)',
      baseUrl: origin,
      headers: { authorization: `Bearer ${METHODS_KEY}`, 'x-environment': 'test' },
      client: `contactMethods({ apiKey: '${METHODS_KEY}', environment: 'test', baseUrl: '${origin}' })`,
      example: { method: 'POST', url: `${origin}/contact-methods/list`, body: '{}' },
    },
  ]
}

/** The next listing of contacts fails. */
const EXAMPLE_FAULTS = '{"chatbotkit":[{"path":"/contact/list","status":503}]}'

/** Tells whether a request asks for the page that people read: a browser does, programs do not. */
export function wantsPage(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html')
}

/**
 * What there is, as JSON.
 *
 * @param gateway - what the channel inbox says at this path to its own client, which looks at nothing else
 */
export function frontPageJson(origin: string, gateway: object): Response {
  const reset = { method: 'POST', url: `${origin}${RESET_PATH}` }
  const faults = { method: 'POST', url: `${origin}${FAULTS_PATH}`, body: EXAMPLE_FAULTS }
  const content = { ...gateway, emulator: '@anycontact/emulator', apis: apisAt(origin), reset, faults }
  return new Response(JSON.stringify(content, undefined, 2), {
    headers: { 'content-type': 'application/json' },
  })
}

/** What there is, as a page. */
export function frontPage(origin: string): Response {
  const sections = apisAt(origin).map(
    ({ name, baseUrl, client, headers, example }) =>
      `<h2>${escaped(name)}</h2>
<p>Base URL <code>${escaped(baseUrl)}</code></p>
<pre>${escaped(client)}</pre>
<pre>${escaped(curl(headers, example))}</pre>`,
  )
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>AnyContact emulator</title>
<style>body { font: 1rem/1.5 system-ui; max-width: 50rem; margin: 2rem auto; padding: 0 1rem } pre { overflow-x: auto }</style>
<h1>AnyContact emulator</h1>
<p>Four vendors’ contacts APIs, told apart by path. Nothing leaves this machine.</p>
${sections.join('\n')}
<h2>Reset</h2>
<p>Everything back to the start:</p>
<pre>${escaped(`curl -X POST ${origin}${RESET_PATH}`)}</pre>
<h2>Faults</h2>
<p>The next request that a fault matches goes wrong:</p>
<pre>${escaped(`curl -d '${EXAMPLE_FAULTS}' ${origin}${FAULTS_PATH}`)}</pre>
<p><a href="https://github.com/anycontact/anycontact/tree/main/packages/emulator#readme">What it emulates</a></p>
</html>
`
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}

function curl(headers: Api['headers'], { url, body }: Api['example']): string {
  const sent = body === undefined ? headers : { ...headers, 'content-type': 'application/json' }
  const given = Object.entries(sent).map(([name, value]) => `-H '${name}: ${value}' `)
  return `curl ${given.join('')}${body === undefined ? '' : `-d '${body}' `}${url}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
