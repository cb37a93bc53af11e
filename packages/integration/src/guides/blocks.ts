import { readFileSync } from 'node:fs'

/** The text of a guide. */
export function guide(name: string): string {
  return readFileSync(new URL(`../../../../docs/guides/${name}.md`, import.meta.url), 'utf8')
}

/** The TypeScript blocks of a guide, in their order. */
export function blocksOf(name: string): readonly string[] {
  return [...guide(name).matchAll(/^```ts(?: no-check)?\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
}

/** The source of a program of this folder, which a guide shows as it is. */
export function programSource(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}
