import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Legend,
  type LegendItem,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
  type ScaleOptionsByType,
  Tooltip,
} from 'chart.js'
import { drawPoint } from 'chart.js/helpers'
import type { Axis, ChartPoint, ChartSpec, Series } from '../charts/spec.ts'
import { hatches, type Marker } from '../palette.ts'
import { element } from './element.ts'
import type { Speech } from './speech.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
)

/** What changes a chart besides its data. */
export interface ChartView {
  /** Whether a technique is to be seen. */
  isShown(technique: string): boolean
  /** The reader's budget for a delay, ms; undefined where there is none. */
  budgetMs(): number | undefined
  /** Goes to an element of the page. */
  go(id: string): void
}

interface Drawn extends ChartPoint {
  place: number
}

// Charts stand on a white plate in dark mode too: the hues that tell the techniques apart are made for white.
const INK = '#1b1f24'
const QUIET = '#57606a'
const LINE = '#d5dae0'

/** Draws every chart of the page when it comes into sight, in the place of its static drawing. */
export class Charts {
  readonly #speech: Speech
  readonly #view: ChartView
  readonly #specs: Map<string, ChartSpec>
  readonly #drawn = new Map<string, Chart>()

  constructor(specs: readonly ChartSpec[], speech: Speech, view: ChartView) {
    this.#speech = speech
    this.#view = view
    this.#specs = new Map(specs.map((spec) => [spec.id, spec]))
    Chart.defaults.animation = false
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue
          observer.unobserve(target)
          this.#draw((target as HTMLElement).dataset.chart ?? '')
        }
      },
      { rootMargin: '300px' },
    )
    for (const figure of document.querySelectorAll('[data-chart]')) observer.observe(figure)
    speech.onChange(() => this.redraw())
  }

  /** Draws what was drawn before again, as language, filter and budget ask. */
  redraw(): void {
    for (const id of [...this.#drawn.keys()]) this.#draw(id)
  }

  #draw(id: string): void {
    const spec = this.#specs.get(id)
    const plate = document.querySelector<HTMLElement>(`[data-chart="${CSS.escape(id)}"] .plate`)
    if (!spec || !plate) return
    const label = this.#speech.word(
      `${this.#speech.word(spec.question)} ${this.#speech.word(spec.conclusion)}`,
    )
    this.#drawn.get(id)?.destroy()
    plate.querySelector('.canvas')?.remove()
    const canvas = element('canvas', { id, role: 'img', 'aria-label': label })
    plate.append(element('div', { class: 'canvas' }, canvas))
    plate.classList.add('drawn')
    // What is drawn here fits: there is nothing to scroll to. A reader who is there stays until the next key.
    const leave = () => plate.removeAttribute('tabindex')
    if (plate === document.activeElement) plate.addEventListener('blur', leave, { once: true })
    else leave()
    this.#drawn.set(id, new Chart(canvas, configOf(seen(spec, this.#view), this.#speech, this.#view)))
  }
}

/** The chart without the techniques that are not to be seen. */
function seen(spec: ChartSpec, { isShown }: ChartView): ChartSpec {
  const { keys, categories, targets } = spec.x
  const series = spec.series.filter(({ technique }) => technique === undefined || isShown(technique))
  // Lines that are not to be seen do not cross.
  const marks = series.length === spec.series.length ? (spec.marks ?? []) : []
  if (!keys || !categories) return { ...spec, series, marks }
  const places = keys.flatMap((key, place) => (isShown(key) ? [place] : []))
  return {
    ...spec,
    x: {
      ...spec.x,
      categories: places.map((place) => categories[place] ?? ''),
      ...(targets && { targets: places.map((place) => targets[place] ?? '') }),
    },
    series: series.map((one) => ({
      ...one,
      points: one.points.flatMap((point) => {
        const place = places.indexOf(point.x)
        return place < 0 ? [] : [{ ...point, x: place }]
      }),
    })),
  }
}

function configOf(spec: ChartSpec, speech: Speech, view: ChartView): ChartConfiguration {
  const { x, y, series, stacked = false, kind } = spec
  const marked = series.some(({ marker }) => marker)
  const highest = Math.max(
    ...series.flatMap(({ points }) => points.map(({ high, y: value }) => high ?? (stacked ? 0 : value))),
  )
  const targets = x.targets
  return {
    type: kind,
    data: { datasets: series.map((one) => dataset(spec, one, speech)) },
    options: {
      maintainAspectRatio: false,
      scales: {
        x: { ...scale(x, speech), stacked },
        y: {
          ...scale({ ...y, title: '' }, speech),
          stacked,
          grace: kind === 'bar' && marked ? '12%' : spec.isShare ? 0 : '5%',
          ...(spec.isShare && { max: 100 }),
          // Whiskers are no data to Chart.js: without this it would cut them off.
          ...(!spec.isShare && { suggestedMax: highest }),
        },
      },
      interaction: { mode: 'nearest', intersect: false },
      ...(targets && {
        onClick: (_: unknown, active: { index: number }[]) => {
          const target = targets[active[0]?.index ?? -1]
          if (target) view.go(target)
        },
        onHover: (event: { native: Event | null }, active: unknown[]) => {
          const canvas = event.native?.target
          if (canvas instanceof HTMLElement) canvas.classList.toggle('pointing', active.length > 0)
        },
      }),
      plugins: {
        legend: {
          display: series.length > 1,
          labels: { color: INK, boxHeight: 9, usePointStyle: marked, generateLabels: legendLabels },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset: { label }, raw }) => `${label}: ${speech.word((raw as Drawn).text)}`,
          },
        },
      },
    },
    plugins: [whiskers, markers, rings(spec, speech), budgetLine(spec, view.budgetMs())],
  } as ChartConfiguration
}

function dataset(
  { kind, x, stacked }: ChartSpec,
  { name, color, marker, dash, points }: Series,
  speech: Speech,
): ChartDataset {
  return {
    label: speech.word(name),
    data: points.map((point) => ({
      ...point,
      x: x.categories ? speech.word(x.categories[point.x] ?? '') : point.x,
    })),
    borderColor: color,
    backgroundColor: stacked ? hatchedIn(color) : color,
    marker,
    ...(kind === 'line' && {
      borderWidth: 2,
      // A point on the edge of the plot is drawn whole.
      clip: 8,
      borderDash: dash,
      tension: 0,
      ...(marker && pointOptions(marker, color)),
    }),
  } as unknown as ChartDataset
}

const patterns = new Map<string, CanvasPattern | string>()

/** What parts of a bar are filled with, see palette.ts; made once a colour. */
function hatchedIn(color: string): CanvasPattern | string {
  const fill = patterns.get(color) ?? patternOf(color) ?? color
  patterns.set(color, fill)
  return fill
}

function patternOf(color: string): CanvasPattern | undefined {
  const hatch = hatches[color]
  // As sharp as what is drawn with it.
  const scale = Math.max(1, Math.ceil(devicePixelRatio))
  const tile = element('canvas', { width: String(8 * scale), height: String(8 * scale) })
  const context = tile.getContext('2d')
  if (!hatch || !context) return undefined
  context.scale(scale, scale)
  context.fillStyle = color
  context.fillRect(0, 0, 8, 8)
  context.strokeStyle = hatch.ink
  context.lineWidth = 1.6
  context.stroke(new Path2D(hatch.lines))
  const pattern = context.createPattern(tile, 'repeat') ?? undefined
  pattern?.setTransform(new DOMMatrix().scale(1 / scale))
  return pattern
}

function scale(axis: Axis, speech: Speech): Partial<ScaleOptionsByType> {
  const options: Record<string, unknown> = {
    type: axis.categories ? 'category' : axis.log ? 'logarithmic' : 'linear',
    title: { display: axis.title !== '', text: speech.word(axis.title), color: QUIET },
    ticks: { color: QUIET },
    grid: { color: LINE },
    border: { color: QUIET },
  }
  const { categories, ticks } = axis
  if (categories) {
    const names = categories.map((name) => speech.word(name))
    options.labels = names
    options.ticks = {
      color: QUIET,
      autoSkip: false,
      // Many names stand at an angle, where lines would run into each other.
      callback: (place: number) => (names.length > 6 ? names[place] : wrapped(names[place] ?? '')),
      maxRotation: 70,
    }
  } else if (!axis.log) options.beginAtZero = true
  if (ticks) {
    options.min = ticks[0]?.value
    options.max = ticks.at(-1)?.value
    options.afterBuildTicks = (built: { ticks: { value: number }[] }) => {
      built.ticks = ticks.map(({ value }) => ({ value }))
    }
    options.ticks = {
      color: QUIET,
      autoSkip: false,
      maxRotation: 0,
      callback: (value: number) => {
        const tick = ticks.find((one) => one.value === value)
        return !tick || tick.minor ? '' : speech.word(tick.text)
      },
    }
  } else if (!categories) options.ticks = { color: QUIET, callback: tickText(axis), maxRotation: 0 }
  return options as Partial<ScaleOptionsByType>
}

/** A logarithmic axis labels powers of ten, and 2 and 5 times them where it spans less than two; not every value. */
function tickText(axis: Axis) {
  return (value: number, _: number, ticks: { value: number }[]) => {
    if (!axis.log) return numberText(value)
    const leading = Number(value.toExponential().split('e')[0])
    const wide = (ticks.at(-1)?.value ?? 1) / (ticks[0]?.value ?? 1) >= 100
    return leading === 1 || (!wide && (leading === 2 || leading === 5)) ? numberText(value) : ''
  }
}

function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}

/** Words on lines of some characters. */
function wrapped(text: string): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last === '' || last.length + word.length < 16) lines.splice(-1, 1, `${last} ${word}`.trim())
    else lines.push(word)
  }
  return lines
}

/** How Chart.js is told of a marker, see palette.ts. */
function pointOf({ shape, rotation = 0, hollow }: Marker, hue: string) {
  return {
    pointStyle: shape === 'none' ? ('line' as const) : shape,
    rotation,
    fillStyle: hollow ? '#fff' : hue,
    strokeStyle: hue,
    lineWidth: hollow || shape === 'star' || shape.startsWith('cross') ? 2 : 1,
  }
}

function pointOptions(marker: Marker, hue: string) {
  const { pointStyle, rotation, fillStyle, lineWidth } = pointOf(marker, hue)
  return {
    pointStyle,
    pointRotation: rotation,
    pointBackgroundColor: fillStyle,
    pointBorderWidth: lineWidth,
    pointRadius: marker.shape === 'none' ? 0 : 5,
  }
}

type Marked = ChartDataset & { marker?: Marker; borderColor: string }

function legendLabels(chart: Chart): LegendItem[] {
  return Chart.defaults.plugins.legend.labels.generateLabels(chart).map((label) => {
    const { marker, borderColor } = chart.data.datasets[label.datasetIndex ?? 0] as Marked
    return marker ? { ...label, ...pointOf(marker, borderColor) } : label
  })
}

/** Whiskers from the low end of the trials to the high one. */
const whiskers: Plugin = {
  id: 'whiskers',
  afterDatasetsDraw(chart) {
    const { ctx, data } = chart
    const y = chart.scales.y
    if (!y) return
    ctx.save()
    ctx.strokeStyle = INK
    ctx.lineWidth = 1.2
    data.datasets.forEach(({ data: points }, i) => {
      if (!chart.isDatasetVisible(i)) return
      chart.getDatasetMeta(i).data.forEach(({ x }, k) => {
        const { low, high } = points[k] as unknown as Drawn
        if (low === undefined || high === undefined || high === low) return
        const [top, bottom] = [y.getPixelForValue(high), y.getPixelForValue(low)]
        ctx.beginPath()
        ctx.moveTo(x, top)
        ctx.lineTo(x, bottom)
        for (const end of [top, bottom]) {
          ctx.moveTo(x - 4, end)
          ctx.lineTo(x + 4, end)
        }
        ctx.stroke()
      })
    })
    ctx.restore()
  },
}

/** Over each bar of a group the marker of its series, for hues alone do not tell bars apart. */
const markers: Plugin = {
  id: 'markers',
  afterDatasetsDraw(chart) {
    const { ctx, data } = chart
    const y = chart.scales.y
    if (!y || (chart.config as ChartConfiguration).type !== 'bar') return
    ctx.save()
    data.datasets.forEach((one, i) => {
      const { marker, data: points, borderColor } = one as Marked
      if (!marker || !chart.isDatasetVisible(i)) return
      const point = pointOf(marker, borderColor)
      Object.assign(ctx, { fillStyle: point.fillStyle, strokeStyle: point.strokeStyle })
      chart.getDatasetMeta(i).data.forEach(({ x }, k) => {
        const { y: value, high = 0 } = points[k] as unknown as Drawn
        const top = y.getPixelForValue(Math.max(value, high))
        const { pointStyle, rotation, lineWidth } = point
        drawPoint(ctx, { pointStyle, rotation, borderWidth: lineWidth, radius: 4 }, x, top - 9)
      })
    })
    ctx.restore()
  },
}

/** Where lines cross, as the conclusion numbers it. */
function rings({ marks = [] }: ChartSpec, speech: Speech): Plugin {
  return {
    id: 'rings',
    afterDatasetsDraw({ ctx, scales }) {
      ctx.save()
      Object.assign(ctx, { strokeStyle: INK, fillStyle: INK, lineWidth: 1.4 })
      ctx.font = `12px ${Chart.defaults.font.family}`
      for (const { x, y, text } of marks) {
        const [left, top] = [scales.x?.getPixelForValue(x) ?? 0, scales.y?.getPixelForValue(y) ?? 0]
        ctx.beginPath()
        ctx.arc(left, top, 7, 0, 2 * Math.PI)
        ctx.stroke()
        ctx.fillText(speech.word(text), left + 7, top - 7)
      }
      ctx.restore()
    },
  }
}

/** The reader's budget, across every axis that shows a delay. */
function budgetLine(spec: ChartSpec, budgetMs: number | undefined): Plugin {
  return {
    id: 'budget',
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const name = spec.x.budget ? 'x' : spec.y.budget ? 'y' : undefined
      const axis = name && scales[name]
      if (!axis || budgetMs === undefined) return
      const at = axis.getPixelForValue(budgetMs)
      const { left, right, top, bottom } = chartArea
      if (name === 'x' ? at < left || at > right : at < top || at > bottom) return
      ctx.save()
      ctx.strokeStyle = INK
      ctx.fillStyle = INK
      ctx.lineWidth = 2
      ctx.setLineDash([2, 4])
      ctx.beginPath()
      ctx.moveTo(name === 'x' ? at : left, name === 'x' ? top : at)
      ctx.lineTo(name === 'x' ? at : right, name === 'x' ? bottom : at)
      ctx.stroke()
      ctx.font = `12px ${Chart.defaults.font.family}`
      ctx.fillText(
        `${numberText(budgetMs)} ms`,
        name === 'x' ? at + 4 : left + 4,
        name === 'x' ? top + 12 : at - 4,
      )
      ctx.restore()
    },
  }
}
