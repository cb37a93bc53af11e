/** The columns of some rows, as statements take many rows at once: an array for each. */
export function columns<Value>(rows: readonly (readonly Value[])[], count: number): Value[][] {
  return Array.from({ length: count }, (_, column) =>
    rows.map((row) => {
      const value = row[column]
      if (value === undefined) throw new TypeError(`A row has no column ${column}.`)
      return value
    }),
  )
}
