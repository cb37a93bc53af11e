import type { ContactsWith } from '@anycontact/core'
import type { McpServer, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server'
import type * as v from 'valibot'
import { type Answer, toResult } from '../answer/answer.ts'
import { failureOf } from '../failures.ts'
import type { Settings } from '../options.ts'
import { announced, readArguments } from './arguments.ts'

/** What the tools are made of. */
export interface Workshop {
  readonly contacts: ContactsWith<'list'>
  readonly settings: Settings
}

/** A tool, before it is registered. */
export interface ToolSpec<Input> {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: v.GenericSchema<unknown, Input>
  readonly annotations: ToolAnnotations
  run(input: Input, call: ToolCall): Promise<Answer>
}

/** What a tool has of the call that it answers. */
export interface ToolCall {
  /** Aborted when the call is cancelled. */
  readonly signal: AbortSignal
  /** Tells whoever wants to know how many contacts were read, so that nobody takes long work for a server that has stopped. */
  progress(read: number): void
}

/** A tool that can be put into a server. */
export interface Tool {
  readonly name: string
  register(server: McpServer, settings: Settings): void
}

/** Only reads, and asks a provider out there. */
export const READS: ToolAnnotations = { readOnlyHint: true, openWorldHint: true }

/** Makes a tool of what it is to do. Whatever goes wrong in it becomes an answer in plain words. */
export function tool<Input>(spec: ToolSpec<Input>): Tool {
  const { name, title, description, annotations } = spec
  const inputSchema = announced(spec.input)
  return {
    name,
    register(server, settings) {
      const config = { title, description, inputSchema, annotations }
      server.registerTool(name, config, async (given: unknown, context: ServerContext) => {
        const call = callOf(context)
        try {
          return toResult(await spec.run(readArguments(spec.input, given), call))
        } catch (error) {
          // Nobody waits for the answer to a call that was cancelled.
          if (call.signal.aborted) throw error
          return failureOf(error, name, settings)
        }
      })
    },
  }
}

function callOf({ mcpReq: { signal, _meta, notify } }: ServerContext): ToolCall {
  const progressToken = _meta?.progressToken
  return {
    signal,
    progress(read) {
      if (progressToken === undefined) return
      const params = { progressToken, progress: read, message: `${read} contacts were read.` }
      // Whoever has gone learns nothing more.
      notify({ method: 'notifications/progress', params }).catch(() => undefined)
    },
  }
}
