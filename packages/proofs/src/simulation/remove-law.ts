/** Loaded before a program, takes out the line that `REMOVED_LAW` names by its place in the list, wherever its file is imported from. */
import { registerHooks } from 'node:module'
import { LAWS_REMOVED } from './laws-removed.ts'

const removed = LAWS_REMOVED[Number(process.env.REMOVED_LAW)]
if (!removed) throw new Error('REMOVED_LAW is the place of a law in LAWS_REMOVED.')
const { file, line, becomes } = removed
const slash = file.indexOf('/')
const path = `/packages/${file.slice(0, slash)}/src${file.slice(slash)}`

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith(path)) return loaded
    const source = String(loaded.source)
    if (source.split(line).length !== 2) throw new Error(`${file} does not have the line once: ${line}`)
    return { ...loaded, source: source.replace(line, () => becomes) }
  },
})
