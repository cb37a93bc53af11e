import { expect, test } from 'vitest'
import { toHash } from '../src/page/share.ts'
import { describeInChromium, useSite } from './visit.ts'

describeInChromium('a program', () => {
  const visit = useSite()

  test.each([
    ['throws', "\n\nthrow new Error('on purpose')", 'Errorline 3on purpose'],
    ['throws no error', '\nthrow { reason: 7 }', 'Thrown{ reason: 7 }'],
    [
      'throws what cannot be looked at',
      'throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 1 } })',
      'Thrown',
    ],
    ['cannot be read', 'const a = 1\nconst b = = 2\n', 'SyntaxErrorline 2'],
    [
      'imports what there is not',
      "import fs from 'node:fs'",
      'Programline 1There is no `node:fs` in the playground.',
    ],
    ['imports a name that there is not', "import { hubspot } from '@anycontact/core'", 'SyntaxError'],
    ['leaves a promise alone', "Promise.reject(new Error('left alone'))\nawait 1", 'left alone'],
    ['fails in a timer', 'setTimeout(() => {\n  null.x\n}, 5)', 'TypeErrorline 2'],
    ['asks for another host', "await fetch('https://example.com/a')", 'Nothing answers at example.com'],
  ])('that %s is told so, with the line', async (_, code, shown) => {
    await using playground = await visit()
    await playground.write(code)
    const { status, output } = await playground.run()
    expect(status).toContain('Failed')
    expect(output).toContain(shown)
    const line = /line (\d+)/.exec(shown)?.[1]
    if (line === undefined) return
    const { page } = playground
    expect(await page.locator('.cm-failed-line').textContent()).toBe(code.split('\n')[Number(line) - 1])
    await page.getByRole('button', { name: `line ${line}` }).click()
    expect(await page.locator('.cm-activeLine').textContent()).toBe(code.split('\n')[Number(line) - 1])
  })

  test('goes on until nothing is waited for', async () => {
    await using playground = await visit()
    await playground.write("setTimeout(() => console.log('at last'), 300)\nconsole.log('at once')")
    expect((await playground.run()).output).toBe('at onceat last')
  })

  test('imports by name at any time, an emulator of its own too', async () => {
    await using playground = await visit()
    await playground.write(`const { createEmulator, CHATBOTKIT_SECRET } = await import('@anycontact/emulator')
import { chatbotkit, exportCsv, ContactsError } from '@anycontact/chatbotkit'
export { memory } from '@anycontact/memory'
const emulator = createEmulator()
emulator.chatbotkit.seed([{ name: 'Own' }])
const contacts = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: emulator.chatbotkit.fetch })
for await (const text of exportCsv(contacts, { columns: ['name'] })) console.log(text.trim())
try {
  await contacts.get('nobody')
} catch (error) {
  console.log(ContactsError.is(error), error.code, 'not "@anycontact/nothing" at all')
}`)
    const { status, output } = await playground.run()
    expect(status, output).toContain('Finished')
    expect(output).toContain('Own')
    expect(output).toContain('true not_found not "@anycontact/nothing" at all')
  })

  test('prints no markup', async () => {
    await using playground = await visit()
    await playground.write(`console.log('<img src=x onerror="document.title=1">', ['<b>'])`)
    expect((await playground.run()).output).toBe(`<img src=x onerror="document.title=1"> [ '<b>' ]`)
  })

  test('is kept when another one is looked at, and comes back as it was', async () => {
    await using playground = await visit({ hash: 'provider=cognipeer&example=upsert' })
    const { page } = playground
    const code = page.locator('.cm-content')
    // The editor draws the lines that are seen and some more.
    const own = (await code.textContent())?.slice(0, 300) ?? ''
    await code.fill('console.log(42)')
    await page.selectOption('#provider', 'memory')
    expect(await code.textContent()).toContain('@anycontact/memory')
    await page.selectOption('#provider', 'cognipeer')
    expect(await code.textContent()).toBe('console.log(42)')
    await page.click('#reset-program')
    expect((await code.textContent())?.slice(0, 300)).toBe(own)
  })

  test('is undone alone, and what was undone stays so', async () => {
    await using playground = await visit({ hash: 'provider=cognipeer&example=upsert' })
    const { page } = playground
    const code = page.locator('.cm-content')
    // The editor draws the lines that are seen and some more.
    const own = (await code.textContent())?.slice(0, 300) ?? ''
    await code.press('Control+Home')
    await page.keyboard.type('x')
    await page.keyboard.press('Control+z')
    await page.selectOption('#provider', 'memory')
    await code.press('Control+z')
    expect(await code.textContent()).toContain('@anycontact/memory')
    await page.selectOption('#provider', 'cognipeer')
    expect((await code.textContent())?.slice(0, 300)).toBe(own)
    // A reset can be taken back.
    await code.fill('console.log(42)')
    await page.click('#reset-program')
    expect((await code.textContent())?.slice(0, 300)).toBe(own)
    await code.press('Control+z')
    expect(await code.textContent()).toBe('console.log(42)')
  })

  test('of a link does not run by itself', async () => {
    const hash = await toHash({ provider: 'memory', example: 'list', code: "console.log('ran')" })
    await using playground = await visit({ hash })
    const { page } = playground
    await expect.poll(() => page.locator('.cm-content').textContent()).toContain('ran')
    expect(await page.locator('#status').textContent()).toBe('Ready.')
    expect((await playground.shown()).output).toBe('')
  })

  test('is in the link, and runs where the link is opened', async () => {
    await using playground = await visit({ hash: 'provider=channelInbox&example=list' })
    await playground.write("console.log('shared – ü')")
    await playground.page.click('#share')
    await expect.poll(() => playground.page.url()).toContain('code=')
    await using other = await visit({ hash: new URL(playground.page.url()).hash.slice(1) })
    expect(await other.page.locator('#provider').inputValue()).toBe('channelInbox')
    expect((await other.run()).output).toBe('shared – ü')
  })

  test('a link that is damaged opens the first example', async () => {
    await using playground = await visit({ hash: 'provider=nobody&example=nothing&code=%%%' })
    expect((await playground.run()).status).toContain('Finished')
  })
})
