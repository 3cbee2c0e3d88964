/**
 * Many objects of the same shape, field by field: a compression sees that all values of a field are alike, and each
 * name stands there once. Lossless for whatever JSON can say.
 */
export interface Columns {
  /** How many objects. */
  length: number
  columns: Column[]
}

interface Column {
  /** Names of the fields from the outside in. */
  path: string[]
  /** The values of the objects that have the field, in their order. */
  values: unknown[]
  /** Indices of the objects that do not have it; left out where all do. */
  missing?: number[]
}

/** Objects by their fields. Arrays, null and empty objects are values. */
export function toColumns(objects: readonly object[]): Columns {
  const found = new Map<string, { path: string[]; at: Map<number, unknown> }>()
  const walk = (value: object, path: string[], index: number) => {
    for (const [name, inner] of Object.entries(value)) {
      const at = [...path, name]
      if (inner === undefined) continue
      if (isBranch(inner)) {
        walk(inner, at, index)
        continue
      }
      const key = JSON.stringify(at)
      const column = found.get(key) ?? { path: at, at: new Map() }
      column.at.set(index, inner)
      found.set(key, column)
    }
  }
  objects.forEach((object, index) => {
    walk(object, [], index)
  })
  return {
    length: objects.length,
    columns: [...found.values()].map(({ path, at }) => {
      const missing = objects.flatMap((_, index) => (at.has(index) ? [] : [index]))
      return { path, values: [...at.values()], ...(missing.length > 0 && { missing }) }
    }),
  }
}

/** The objects again. */
export function fromColumns({ length, columns }: Columns): object[] {
  const objects = Array.from({ length }, (): Branch => ({}))
  for (const { path, values, missing = [] } of columns) {
    const without = new Set(missing)
    let next = 0
    objects.forEach((object, index) => {
      if (without.has(index)) return
      let branch = object
      for (const name of path.slice(0, -1)) branch = branchAt(branch, name)
      define(branch, path.at(-1) ?? '', values[next++])
    })
  }
  return objects
}

type Branch = Record<string, unknown>

/** `__proto__` is a name as any other. */
function define(branch: Branch, name: string, value: unknown): void {
  Object.defineProperty(branch, name, { value, enumerable: true, configurable: true, writable: true })
}

function branchAt(branch: Branch, name: string): Branch {
  if (!Object.hasOwn(branch, name)) define(branch, name, {})
  return branch[name] as Branch
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
}
