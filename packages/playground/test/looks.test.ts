import axe from 'axe-core'
import { expect, test } from 'vitest'
import { describeInChromium, useSite } from './visit.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
  }[]
}

/** What is shown of everything at once: errors, a wait, a fault, contacts that are new. */
const EVERYTHING = 'provider=cognipeer&example=cannot'

describeInChromium('the page', () => {
  const visit = useSite()

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1360]) {
      test(`${colorScheme}, ${width} px wide: nothing sticks out, and axe finds nothing`, async () => {
        await using playground = await visit({ hash: EVERYTHING, width, colorScheme })
        const { page } = playground
        await page.selectOption('#fault', 'limited')
        await playground.run()
        await page.evaluate(axe.source)
        const results: AxeResults = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`)
        const found = results.violations.map(({ id, nodes }) => [
          id,
          ...nodes.map((node) => `${node.html}: ${node.failureSummary}`),
        ])
        expect(found).toEqual([])
        const overflow: number = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(overflow).toBeLessThanOrEqual(0)
      })
    }
  }

  test('the keyboard alone does everything, in the order of the page', async () => {
    await using playground = await visit({ hash: 'provider=cognipeer&example=list' })
    const { page } = playground
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focused = (): Promise<string> =>
      page.evaluate(
        'document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.textContent',
      )
    const hasVisibleFocus = (): Promise<boolean> =>
      page.evaluate(`(() => {
        const at = document.activeElement.closest('.cm-editor') ?? document.activeElement
        return getComputedStyle(at).outlineStyle !== 'none' && parseFloat(getComputedStyle(at).outlineWidth) >= 2
      })()`)

    const order = ['AnyContact', 'provider', 'example', 'Program']
    for (const name of order) {
      await press('Tab')
      expect(await focused()).toBe(name)
      await expect.poll(hasVisibleFocus, { message: `focus on ${name}` }).toBe(true)
    }
    // In the editor Tab indents, and Escape is the way out.
    await press('Control+a')
    await page.keyboard.type("console.log('typed')")
    await press('Tab')
    expect(await focused()).toBe('Program')
    await press('Escape')
    const rest = [
      'run',
      'reset-program',
      'reset-contacts',
      'share',
      'fault',
      'output',
      'requests',
      'stored-at',
      'contacts',
    ]
    for (const [index, name] of rest.entries()) {
      if (index > 0) await press('Tab')
      expect(await focused()).toBe(name)
      await expect.poll(hasVisibleFocus, { message: `focus on ${name}` }).toBe(true)
    }
    await page.locator('#run').focus()
    await press('Enter')
    await page.locator('#status[data-state="finished"]').waitFor()
    expect((await playground.shown()).output).toBe('typed')
    expect(await focused()).toBe('run')

    // The menus, and the way back into the editor.
    await press('Shift+Tab')
    expect(await focused()).toBe('Program')
    await press('Escape', 'Shift+Tab')
    await page.locator('#provider').focus()
    await press('ArrowDown')
    expect(await page.locator('#provider').inputValue()).toBe('channelInbox')
    await page.locator('#fault').focus()
    await press('ArrowDown', 'Tab', 'ArrowDown')
    expect(await page.locator('#fault').inputValue()).toBe('cut')
    expect(await page.locator('#fault-times').inputValue()).toBe('2')

    // Ctrl+Enter runs from within, and Stop takes the focus from Run.
    await page.locator('#editor .cm-content').focus()
    await press('Control+a')
    await page.keyboard.type('for (;;) {}')
    await press('Control+Enter')
    await page.locator('#status[data-state="running"]').waitFor()
    await press('Escape')
    expect(await focused()).toBe('stop')
    await press('Enter')
    expect(await page.locator('#status').textContent()).toContain('Stopped')
    expect(await focused()).toBe('run')
  })

  test('what happens is told to screen readers', async () => {
    await using playground = await visit()
    const { page } = playground
    expect(await page.getByRole('status').textContent()).toBe('Ready.')
    await playground.run()
    expect(await page.getByRole('status').textContent()).toContain('Finished')
    expect(await page.getByRole('log', { name: 'Output' }).textContent()).toContain('Ana Souza')
    for (const name of ['Requests', 'Contacts stored']) await page.getByRole('region', { name }).waitFor()
    for (const name of ['Run', 'Stop', 'Reset program', 'Reset contacts', 'Copy link'])
      await page.getByRole('button', { name }).waitFor()
    for (const name of ['Provider', 'Example', 'What happens', 'to', 'at'])
      await page.getByRole('combobox', { name, exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Program' }).waitFor()
  })
})
