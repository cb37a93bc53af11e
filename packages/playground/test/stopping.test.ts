import { expect, test } from 'vitest'
import { describeInChromium, useSite } from './visit.ts'

describeInChromium('stopping', () => {
  const visit = useSite()

  test.each([
    ['an endless loop', 'for (;;) {}'],
    ['one that prints', "for (;;) console.log('again')"],
    ['one of promises', 'for (;;) await undefined'],
    ['one of requests', "for (;;) await fetch('https://api.chatbotkit.com/v1/contact/list')"],
    ['an interval', 'setInterval(() => {}, 10)'],
    ['a promise that is never kept', 'await new Promise(() => {})'],
  ])('%s is ended by the button, and the next program runs', async (_, code) => {
    await using playground = await visit()
    const { page } = playground
    await playground.write(`console.log('began')\n${code}`)
    await page.click('#run')
    await page.locator('#output .line').first().waitFor()
    await page.click('#stop')
    expect(await page.locator('#status').textContent()).toContain('Stopped')
    await playground.write("console.log('and on')")
    const { output } = await playground.run()
    expect(output).toBe('and on')
    // What was stopped uses up nothing any more; the one that is left waits for the next program.
    await expect.poll(() => page.workers().length, { timeout: 15_000 }).toBe(1)
  })

  test('what was stored before stays, and a wait is given up', async () => {
    await using playground = await visit({ hash: 'provider=chatbotkit' })
    const { page } = playground
    await playground.write(`import { chatbotkit } from '@anycontact/chatbotkit'
const contacts = chatbotkit({ secret: process.env.CHATBOTKIT_SECRET })
await contacts.create({ externalId: 'stays', name: 'Ines Costa' })
console.log('created')
await contacts.request({ path: '/v1/bot/list' }).catch(() => {})
await new Promise((resolve) => setTimeout(resolve, 60_000))`)
    await page.click('#run')
    await page.getByText('9 contacts, 1 new').waitFor()
    await page.click('#stop')
    await playground.write('console.log(1)')
    expect((await playground.run()).contacts).toContain('9 contacts.')
    await page.click('#reset-contacts')
    await page.getByText('8 contacts.').waitFor()
  })
})
