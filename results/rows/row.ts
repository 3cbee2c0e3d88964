/**
 * What the rows of an experiment look like: a file of this folder each, in words of its own, because the page of the
 * report reads rows and a library of schemas weighs too much for it.
 */

/** The sections of the report that an experiment can belong to; `facts` is about what browsers and servers can do. */
export type RowSection = 'wire' | 'time' | 'server' | 'network' | 'facts'

/** The type of a column: numbers, any text, yes or no, or the texts that it can have. */
export type ColumnType = 'number' | 'string' | 'boolean' | readonly string[]
export type Columns = Readonly<Record<string, ColumnType>>

/** An experiment's rows. Every number carries its unit in its column's name: `delayUs`, `rssBytes`. */
export interface RowContract<Every extends Columns = Columns, Some extends Columns = Columns> {
  /** The name of the experiment, as its file in scenarios/experiments/. */
  experiment: string
  section: RowSection
  /** What every row has. */
  columns: Every
  /** What only some rows have: what was not there to be seen is left out. */
  optional: Some
}

/** Declares the rows of an experiment; those of no section are among the facts. */
export function rowContract<const Every extends Columns, const Some extends Columns = Record<never, never>>({
  section = 'facts',
  optional = {} as Some,
  ...declared
}: {
  experiment: string
  section?: RowSection
  columns: Every
  optional?: Some
}): RowContract<Every, Some> {
  return { ...declared, section, optional }
}

type ValueOf<Type extends ColumnType> = Type extends readonly (infer Text)[]
  ? Text
  : Type extends 'number'
    ? number
    : Type extends 'boolean'
      ? boolean
      : string

/** A row of a contract. */
export type RowOf<Contract extends RowContract> = Flat<
  { -readonly [Column in keyof Contract['columns']]: ValueOf<Contract['columns'][Column]> } & {
    -readonly [Column in keyof Contract['optional']]?: ValueOf<Contract['optional'][Column]>
  }
>
type Flat<Type> = { [Key in keyof Type]: Type[Key] }

/** Where a row is not as declared. */
export interface RowFault {
  /** From 1 on. */
  row: number
  column: string
  isMissing: boolean
}

/** The first fault of some rows; a column that is not declared is none, for a later version may have added it. */
export function faultIn(
  { columns, optional }: RowContract,
  rows: readonly Readonly<Record<string, unknown>>[],
): RowFault | undefined {
  const types = Object.entries({ ...optional, ...columns })
  for (const [i, row] of rows.entries()) {
    for (const [column, type] of types) {
      const isMissing = row[column] === undefined
      if (isMissing ? column in columns : !isOf(type, row[column])) return { row: i + 1, column, isMissing }
    }
  }
  return undefined
}

function isOf(type: ColumnType, value: unknown): boolean {
  if (typeof type !== 'string') return type.includes(value as string)
  return type === 'number' ? Number.isFinite(value) : typeof value === type
}
