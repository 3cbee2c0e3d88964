/** The scale of an axis, and where its ticks are. */
export interface Scale {
  /** The values at the ends of the axis. */
  from: number
  to: number
  /** Where a value stands: 0 at the beginning of the axis, 1 at its end. NaN where it has no place. */
  at(value: number): number
  /** In the order of their values. */
  ticks: readonly Tick[]
}

export interface Tick {
  value: number
  /** Whether there is room for its text beside those of its neighbours. */
  labelled: boolean
}

const MOST_LABELS = 8
/** Lines that are closer together than these say no more. */
const MOST_LINES = 16
/** Less is a rounding error, and nothing to show. */
const SMALLEST_SPAN = 1e-12
const STEPS = [1, 2, 5] as const

/** Up to four significant figures, thousands set apart. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}

/** From tick to tick around the values and 0. */
export function linearScale(values: readonly number[]): Scale {
  const finite = values.filter(Number.isFinite)
  const low = Math.min(0, ...finite)
  const high = Math.max(0, ...finite)
  const index = indexAtLeast((high - low > SMALLEST_SPAN ? high - low : 1) / (MOST_LABELS - 3))
  const step = valueAt(index)
  const first = Math.floor(low / step)
  const last = Math.max(Math.ceil(high / step), first + 1)
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => ({
    value: multipleOf(index, first + i),
    labelled: true,
  }))
  return { ...between(multipleOf(index, first), multipleOf(index, last)), ticks }
}

/** From 1, 2 or 5 times a power of ten to another one, around the values above 0: others have no place. */
export function logScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => Number.isFinite(value) && value > 0)
  const [low, high] = positive.length > 0 ? [Math.min(...positive), Math.max(...positive)] : [1, 10]
  let [first, last] = [indexAtMost(low), indexAtLeast(high)]
  if (first === last) [first, last] = [first - 1, last + 1]
  const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const powers = indexes.filter((index) => index % STEPS.length === 0)
  const every = Math.ceil(powers.length / MOST_LABELS)
  const labelled = new Set(indexes.length <= MOST_LABELS ? indexes : powers.filter((_, i) => i % every === 0))
  const lines = indexes.length <= MOST_LINES ? indexes : [...labelled]
  return {
    ...logBetween(valueAt(first), valueAt(last)),
    ticks: lines.map((index) => ({ value: valueAt(index), labelled: labelled.has(index) })),
  }
}

/** From 0 exactly to the end of a span of time. */
export function spanScale(end: number): Scale {
  const to = Number.isFinite(end) && end > 0 ? end : 1
  return { ...between(0, to), ticks: linearScale([to]).ticks.filter(({ value }) => value <= to) }
}

/** Around the values of chosen ticks, which all have a line, and those of the data. */
export function chosenScale(ticks: readonly Tick[], values: readonly number[], log = false): Scale {
  const hasPlace = (value: number) => Number.isFinite(value) && (!log || value > 0)
  const shown = ticks.filter(({ value }) => hasPlace(value)).sort((a, b) => a.value - b.value)
  const all = [...shown.map(({ value }) => value), ...values.filter(hasPlace)]
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [1, 2]
  // Room around a single one.
  if (low === high)
    return { ...(log ? logBetween(low / 2, low * 2) : between(low - 1, low + 1)), ticks: shown }
  return { ...(log ? logBetween(low, high) : between(low, high)), ticks: shown }
}

type Span = Omit<Scale, 'ticks'>

function between(from: number, to: number): Span {
  return { from, to, at: (value) => (value - from) / (to - from) }
}

function logBetween(from: number, to: number): Span {
  const [first, span] = [Math.log(from), Math.log(to) - Math.log(from)]
  return { from, to, at: (value) => (value > 0 ? (Math.log(value) - first) / span : Number.NaN) }
}

/** 1, 2, 5, 10, 20, 50 ... for 0, 1, 2, 3, 4, 5 ..., and .5, .2, .1 ... for -1, -2, -3 ... */
function valueAt(index: number): number {
  return multipleOf(index, 1)
}

/** Divides by powers of ten, for 0.1 and the like are not exact. */
function multipleOf(index: number, times: number): number {
  const exponent = Math.floor(index / STEPS.length)
  const leading = times * (STEPS[index - exponent * STEPS.length] as number)
  return exponent < 0 ? leading / 10 ** -exponent : leading * 10 ** exponent
}

function indexAtMost(value: number): number {
  // Logarithms are not exact: begins below.
  let index = (Math.floor(Math.log10(value)) - 1) * STEPS.length
  while (valueAt(index + 1) <= value) index++
  return index
}

function indexAtLeast(value: number): number {
  const index = indexAtMost(value)
  return valueAt(index) < value ? index + 1 : index
}
