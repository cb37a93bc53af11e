import type { AuditNumbers, FromWorker } from '../shared/messages.ts'
import type { ProviderName } from '../shared/providers.ts'
import { type AllRecords, showContacts } from './contacts.ts'
import { byId } from './dom.ts'
import { createOutput } from './output.ts'
import { createRequests } from './requests.ts'

/** The part of the page beside and below the program. */
export interface Results {
  /** A program begins. */
  begin(): void
  take(message: FromWorker): void
  /** The program was ended by the button. */
  stopped(): void
  /** What was wrong with a program that could not be run. */
  refused(message: string, line: number): void
  /** Shows what another provider holds. */
  showStored(provider: ProviderName): void
  /** The sample is in the place of what was stored. */
  forget(): void
}

/**
 * @param failed - told of the line that an error came from
 * @param goTo - shows a line of the program
 */
export function createResults(failed: (line: number) => void, goTo: (line: number) => void): Results {
  const output = createOutput(byId('output', HTMLElement), goTo)
  const requests = createRequests(byId('requests', HTMLElement))
  const contacts = byId('contacts', HTMLElement)
  const audit = byId('audit', HTMLElement)
  const status = byId('status', HTMLElement)
  let provider: ProviderName = 'chatbotkit'
  let records: AllRecords | undefined
  let before: AllRecords | undefined
  let startedAt = 0
  // The worker that is made for the next program looks into its emulators too, and has written nothing.
  let isRunning = false

  const show = (): void => showContacts(contacts, provider, records, before)
  const finish = (word: string): void => {
    isRunning = false
    const [sent, again] = [requests.sentCount(), requests.repeatedCount()]
    const ms = Math.round(performance.now() - startedAt)
    const repeated = again === 0 ? '' : `, ${again} of them sent again`
    status.textContent = `${word} after ${ms} ms: ${count(sent, 'request')}${repeated}.`
    status.dataset.state = word.toLowerCase()
  }

  audit.textContent = 'Run a program that writes.'
  status.textContent = 'Ready.'
  return {
    begin() {
      isRunning = true
      startedAt = performance.now()
      output.clear()
      requests.clear()
      before = records && { ...records, memory: [] }
      audit.textContent = '…'
      audit.className = 'audit'
      status.textContent = 'Running…'
      status.dataset.state = 'running'
    },
    take(message) {
      switch (message.type) {
        case 'output':
          return output.add(message.level, message.parts)
        case 'request':
          return requests.sent(message)
        case 'answer':
          return requests.answered(message)
        case 'broken':
          return requests.broken(message)
        case 'wait':
          return requests.waits(message)
        case 'stored':
          records = { ...message.records, memory: records?.memory ?? [] }
          if (isRunning) showAudit(audit, message.audit)
          before ??= records
          return show()
        case 'memory':
          records = records && { ...records, memory: message.contacts }
          return show()
        case 'done':
          if (message.failure) output.fail(message.failure)
          if (message.failure?.line !== undefined) failed(message.failure.line)
          requests.over(false)
          return finish(message.failure ? 'Failed' : 'Finished')
      }
    },
    stopped() {
      requests.over(true)
      finish('Stopped')
    },
    refused(message, line) {
      output.fail({ name: 'Program', message, line, facts: {}, issues: [] })
      failed(line)
      finish('Failed')
    },
    showStored(next) {
      provider = next
      show()
    },
    forget() {
      records = undefined
      before = undefined
    },
  }
}

function showAudit(box: HTMLElement, { writes, doubled, repeated }: AuditNumbers): void {
  const again =
    repeated === 0 ? '' : ` ${count(repeated, 'update')} sent again after a lost answer: harmless.`
  const applied = `${count(writes, 'writing request')} applied`
  box.className = `audit ${doubled > 0 ? 'bad' : 'good'}`
  if (doubled > 0) box.textContent = `Yes: ${applied}, ${doubled} doubled.${again}`
  else box.textContent = writes === 0 ? 'Nothing was written.' : `No: ${applied}, none doubled.${again}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
