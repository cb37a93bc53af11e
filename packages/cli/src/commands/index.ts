import type { CommandMaker } from '../command.ts'
import { conflictsCommand } from './conflicts.ts'
import { copyCommand } from './copy.ts'
import { countCommand } from './count.ts'
import { createCommand } from './create.ts'
import { deleteCommand } from './delete.ts'
import { doctorCommand } from './doctor.ts'
import { duplicatesCommand } from './duplicates.ts'
import { emulatorCommand } from './emulator.ts'
import { exportCommand } from './export.ts'
import { findCommand } from './find.ts'
import { getCommand } from './get.ts'
import { importCommand } from './import.ts'
import { listCommand } from './list.ts'
import { mcpCommand } from './mcp.ts'
import { providersCommand } from './providers.ts'
import { searchCommand } from './search.ts'
import { syncCommand } from './sync.ts'
import { updateCommand } from './update.ts'
import { upsertCommand } from './upsert.ts'
import { verifyCommand } from './verify.ts'

/** The commands, in the order in which `--help` shows them. */
export const COMMANDS: readonly CommandMaker[] = [
  // what there is to work with
  providersCommand,
  doctorCommand,
  emulatorCommand,
  // contacts of one provider
  listCommand,
  getCommand,
  findCommand,
  searchCommand,
  countCommand,
  createCommand,
  updateCommand,
  upsertCommand,
  deleteCommand,
  // to and from files, and from one provider to another
  importCommand,
  exportCommand,
  copyCommand,
  // two providers in step
  syncCommand,
  conflictsCommand,
  verifyCommand,
  duplicatesCommand,
  // for other programs
  mcpCommand,
]
