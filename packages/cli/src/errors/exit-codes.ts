/** The exit codes of the program; a stop has its own, see `Stopped`. */
export const EXIT = {
  /** Everything was done. */
  done: 0,
  /** It could not be done, or not all of it. */
  failed: 1,
  /** The command line or the configuration is wrong; nothing was tried. */
  wrongUsage: 2,
} as const
