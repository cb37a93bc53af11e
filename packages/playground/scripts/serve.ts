import { fileURLToPath } from 'node:url'
import { serveFolder } from '@anycontact/browser'

const { url } = await serveFolder(fileURLToPath(new URL('../dist/', import.meta.url)))
console.log(`The playground is at ${url}\nCtrl+C stops it.`)
