import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

// TypeDoc empties the site's folder, so this comes after it.
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
await cp(folder('../packages/playground/dist/'), folder('site/playground/'), { recursive: true })
