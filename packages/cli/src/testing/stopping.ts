import { Stopped } from '../host.ts'
import type { TestProgram } from './host.ts'

/** Has a person press Ctrl-C when ChatBotKit answers a create, after so many others. */
export function stopAtCreate(program: Pick<TestProgram, 'emulator' | 'stop'>, skip: number): void {
  program.emulator.chatbotkit.faults.add({
    path: '/create',
    skip,
    rewrite(answer) {
      program.stop.abort(new Stopped('SIGINT'))
      return answer
    },
  })
}
