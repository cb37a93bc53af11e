import { expect, test } from 'vitest'
import { FAULTS, type FaultKind } from '../src/shared/faults.ts'
import type { ProviderName } from '../src/shared/providers.ts'
import { describeInChromium, useSite } from './visit.ts'

const VENDORS: readonly ProviderName[] = ['chatbotkit', 'cognipeer', 'channelInbox', 'contactMethods']

/** Which example meets the fault, how often, and what shows that the program got over it. */
const RECOVERIES: readonly {
  readonly kind: FaultKind
  readonly example: string
  readonly times: '1' | '2'
  readonly shown: RegExp
  /** What became of each request that met it: where it was answered, attempt, status and milliseconds follow each other. */
  readonly became: RegExp
}[] = [
  { kind: 'cut', became: /no answer/, example: 'list', times: '2', shown: /and in all: 8/ },
  { kind: 'unavailable', became: /\d503\d+$/, example: 'list', times: '2', shown: /and in all: 8/ },
  {
    kind: 'limited',
    became: /\d429\d+$/,
    example: 'upsert',
    times: '1',
    shown: /created.*unchanged.*updated/,
  },
  {
    kind: 'lost',
    became: /no answer/,
    example: 'lost-answer',
    times: '1',
    shown: /created once|and found: \S+/,
  },
  {
    kind: 'broken',
    became: /broke off/,
    example: 'cut-listing',
    times: '2',
    shown: /8 (Ana|Yuki|crm-8|crm-1)/,
  },
]

describeInChromium('the network switch', () => {
  const visit = useSite()

  for (const provider of VENDORS) {
    test.each(RECOVERIES)(
      `${provider} gets over “$kind”`,
      async ({ kind, example, times, shown, became }) => {
        await using playground = await visit({ hash: `provider=${provider}&example=${example}` })
        const { page } = playground
        await page.selectOption('#fault', kind)
        await page.selectOption('#fault-times', times)
        const { status, output, audit, requests, contacts } = await playground.run()
        expect(status, output).toContain('Finished')
        expect(output).toMatch(shown)
        expect(audit).toMatch(/^No:|^Nothing/)
        const met = requests.filter((row) => row.includes(FAULTS[kind].mark))
        expect(met.length).toBe(Number(times))
        for (const row of met) expect(row).toMatch(became)
        // Not all is waited for: a stream that brought something goes on at once, and a lost create is looked up or given up.
        const isWaitedFor = kind !== 'lost' && (kind !== 'broken' || provider !== 'chatbotkit')
        const waits = requests.filter((row) => /waits .*then goes on/.test(row)).length
        if (isWaitedFor) expect(waits).toBe(Number(times))
        if (kind === 'lost') expect(contacts).toContain('1 new')
      },
    )
  }

  test('a 429 is waited out as long as it asks for, which is seen while it lasts', async () => {
    await using playground = await visit({ hash: 'provider=chatbotkit&example=list' })
    const { page } = playground
    await page.selectOption('#fault', 'limited')
    await page.click('#run')
    await page.locator('tr.wait').waitFor()
    expect(await page.locator('#status').textContent()).toBe('Running…')
    expect(await page.locator('tr.wait').textContent()).toContain('waits 2.0 s')
    await page.locator('#status[data-state="finished"]').waitFor({ timeout: 20_000 })
    expect((await playground.shown()).requests.find((row) => row.includes('list2200'))).toBeDefined()
  })

  test('a network that stays broken fails the program, with what is known', async () => {
    await using playground = await visit({ hash: 'provider=contactMethods&example=list' })
    await playground.page.selectOption('#fault', 'unavailable')
    await playground.page.selectOption('#fault-times', 'Infinity')
    const { status, output, requests } = await playground.run()
    expect(status).toContain('Failed')
    expect(output).toContain('unavailable')
    expect(requests.filter((row) => row.includes('503')).length).toBe(4)
  })

  test('it can be moved while a program runs', async () => {
    await using playground = await visit({ hash: 'provider=cognipeer&example=list' })
    const { page } = playground
    await playground.write(`import { cognipeer } from '@anycontact/cognipeer'
const contacts = cognipeer({ token: process.env.COGNIPEER_TOKEN, hookId: process.env.COGNIPEER_HOOK_ID, retry: false })
for (let seen = ''; seen !== 'worked, failed, worked'; ) {
  const word = await contacts.count().then(() => 'worked', () => 'failed')
  if (!seen.endsWith(word)) console.log((seen += (seen && ', ') + word))
  await new Promise((resolve) => setTimeout(resolve, 20))
}`)
    await page.click('#run')
    await page.getByText('worked', { exact: true }).waitFor()
    await page.selectOption('#fault', 'cut')
    await page.selectOption('#fault-times', 'Infinity')
    await page.getByText('worked, failed', { exact: true }).waitFor()
    await page.selectOption('#fault', 'none')
    await page.locator('#status[data-state="finished"]').waitFor()
  })

  test('a program that writes twice is told so', async () => {
    await using playground = await visit({ hash: 'provider=channelInbox&example=lost-answer' })
    await playground.write(`const send = () => fetch('https://app-gatewayv2.imbrace.co/channel-service/v1/contacts', {
  method: 'POST',
  headers: { 'x-api-key': process.env.IMBRACE_API_KEY, 'content-type': 'application/json' },
  body: JSON.stringify({ first_name: 'Ines', email: 'ines@example.com' }),
})
await send().catch(() => send())`)
    const { status, output, audit } = await playground.run()
    expect(status, output).toContain('Finished')
    expect(audit).toBe('Yes: 2 writing requests applied, 1 doubled.')
  })
})
