import type { CommandMaker } from '../command.ts'
import { exportCommand } from './export.ts'
import { listCommand } from './list.ts'

/** The commands, in the order in which `--help` shows them. */
export const COMMANDS: readonly CommandMaker[] = [listCommand, exportCommand]
