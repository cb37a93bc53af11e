import type { Measured } from '../measure/programs.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'

/** CPU time an item of a program, in microseconds. */
export function cpuMicros({ samples }: Measured): Spread {
  return spreadOf(samples.map(({ cpuMs, items = 0 }) => (cpuMs * 1000) / items))
}

/** CPU time an item of each of some programs, by its name. @throws Error for one that is none of them */
export function cpuByProgram(measured: readonly Measured[]): (program: string) => Spread {
  const spreads = new Map(measured.map((one) => [one.program, cpuMicros(one)]))
  return (program) => {
    const spread = spreads.get(program)
    if (spread === undefined) throw new Error(`${program} was not measured.`)
    return spread
  }
}

/** A figure of a program, by its name. @throws Error for one that it does not give */
export function figure({ program, samples }: Measured, name: string): Spread {
  return spreadOf(
    samples.map((sample) => {
      const value = sample[name]
      if (value === undefined) throw new Error(`${program} does not give ${name}.`)
      return value
    }),
  )
}

/** What stands below a table of medians. */
export function mediansOf(runs: number): string {
  return `Medians of ${runs}, with the least and the most.`
}

/** A median with its range: `6.36 (6.16–7.88)`. */
export function withRange({ median, least, most }: Spread, digits = 1): string {
  return `${fixed(median, digits)} (${fixed(least, digits)}–${fixed(most, digits)})`
}

/** How many times as much one is as the other: `1.27 ×`. */
export function times(median: number, base: number, digits = 2): string {
  return `${(median / base).toFixed(digits)} ×`
}

/** A number with so many digits behind the point, and its thousands parted. */
export function fixed(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
