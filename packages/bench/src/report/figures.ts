import type { Sample } from '../measure/programs.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'

/** CPU time an item of some samples, in microseconds. */
export function cpuMicros(samples: readonly Sample[]): Spread {
  return spreadOf(samples.map(({ cpuMs, items = 0 }) => (cpuMs * 1000) / items))
}

/** One figure of some samples. */
export function figure(samples: readonly Sample[], name: string): Spread {
  return spreadOf(samples.map((sample) => sample[name] ?? Number.NaN))
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
