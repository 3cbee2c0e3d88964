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
  Tooltip,
} from 'chart.js'
import { drawPoint } from 'chart.js/helpers'
import type { Axis, ChartPoint, ChartSpec, Series } from '../charts/spec.ts'
import { numberText } from '../charts/svg/scale.ts'
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
    const [question, conclusion] = [spec.question, spec.conclusion].map((text) => this.#speech.word(text))
    const label = this.#speech.word(`${question} ${conclusion}`)
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
          // Whiskers are no data to Chart.js: without this it would cut them off.
          ...(spec.isShare ? { max: 100 } : { suggestedMax: highest }),
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
            label: ({ dataset: { label }, raw }) => `${label}: ${speech.word((raw as ChartPoint).text)}`,
          },
        },
      },
    },
    plugins: [fading, whiskers, markers, rings(spec, speech), budgetLine(spec, view.budgetMs())],
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
    hue: color,
    backgroundColor: stacked ? hatchedIn(color) : points.map((point) => point.color ?? color),
    marker,
    ...(kind === 'line' && {
      borderWidth: 2,
      // A point on the edge of the plot is drawn whole.
      clip: 8,
      borderDash: dash,
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

function scale(axis: Axis, speech: Speech) {
  const { categories, ticks, title, log } = axis
  const names = categories?.map((name) => speech.word(name))
  return {
    type: names ? 'category' : log ? 'logarithmic' : 'linear',
    title: { display: title !== '', text: speech.word(title), color: QUIET },
    ticks: { color: QUIET, ...tickOptions(axis, names, speech) },
    grid: { color: LINE },
    border: { color: QUIET },
    ...(names && { labels: names }),
    ...(!names && !log && { beginAtZero: true }),
    ...(ticks && {
      min: ticks[0]?.value,
      max: ticks.at(-1)?.value,
      afterBuildTicks: (built: { ticks: { value: number }[] }) => {
        built.ticks = ticks.map(({ value }) => ({ value }))
      },
    }),
  }
}

function tickOptions(axis: Axis, names: string[] | undefined, speech: Speech) {
  const { ticks } = axis
  if (ticks) {
    const callback = (value: number) => {
      const tick = ticks.find((one) => one.value === value)
      return !tick || tick.minor ? '' : speech.word(tick.text)
    }
    return { autoSkip: false, maxRotation: 0, callback }
  }
  if (!names) return { callback: tickText(axis), maxRotation: 0 }
  // Many names stand at an angle, where lines would run into each other.
  const callback = (place: number) => (names.length > 6 ? names[place] : wrapped(names[place] ?? ''))
  return { autoSkip: false, callback, maxRotation: 70 }
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
    ...{ pointStyle, pointRotation: rotation, pointBackgroundColor: fillStyle, pointBorderWidth: lineWidth },
    pointRadius: marker.shape === 'none' ? 0 : 5,
  }
}

type Marked = ChartDataset & { marker?: Marker; borderColor: string; hue: string }

function legendLabels(chart: Chart): LegendItem[] {
  return Chart.defaults.plugins.legend.labels.generateLabels(chart).map((label) => {
    const { marker, borderColor } = chart.data.datasets[label.datasetIndex ?? 0] as Marked
    return marker ? { ...label, ...pointOf(marker, borderColor) } : label
  })
}

/** The line that is pointed at or touched stands out: the others fade until the pointer leaves. */
const fading: Plugin = {
  id: 'fading',
  afterEvent(chart, { event, inChartArea }) {
    const { type } = chart.config as ChartConfiguration
    const isLeft = event.type === 'mouseout' || !inChartArea
    const near = isLeft ? undefined : chart.getActiveElements()[0]?.datasetIndex
    if (type !== 'line' || chart.data.datasets.length < 3) return
    let changed = false
    for (const [i, dataset] of (chart.data.datasets as Marked[]).entries()) {
      const { hue, borderColor } = dataset
      const color = near === undefined || near === i ? hue : `${hue}38`
      if (color === borderColor) continue
      changed = true
      Object.assign(dataset, { borderColor: color }, dataset.marker && pointOptions(dataset.marker, color))
    }
    if (changed) chart.update('none')
  },
}

/** A plugin that paints over the data: in ink, unless it takes another colour. */
function painter(id: string, lineWidth: number, paint: (chart: Chart) => void): Plugin {
  return {
    id,
    afterDatasetsDraw(chart) {
      const { ctx } = chart
      ctx.save()
      const font = `12px ${Chart.defaults.font.family}`
      Object.assign(ctx, { strokeStyle: INK, fillStyle: INK, lineWidth, font })
      paint(chart)
      ctx.restore()
    },
  }
}

/** Every point of the data sets that are to be seen, and where it stands from left to right. */
function forEachPoint(chart: Chart, visit: (point: ChartPoint, left: number, dataset: Marked) => void): void {
  chart.data.datasets.forEach((dataset, i) => {
    if (!chart.isDatasetVisible(i)) return
    chart.getDatasetMeta(i).data.forEach(({ x }, k) => {
      visit(dataset.data[k] as unknown as ChartPoint, x, dataset as Marked)
    })
  })
}

/** Whiskers from the low end of the trials to the high one. */
const whiskers = painter('whiskers', 1.2, (chart) => {
  const y = chart.scales.y
  if (!y) return
  forEachPoint(chart, ({ low, high }, left) => {
    if (low === undefined || high === undefined || high === low) return
    const [top, bottom] = [y.getPixelForValue(high), y.getPixelForValue(low)]
    const caps = [top, bottom].map((end) => `M${left - 4} ${end}h8`).join('')
    chart.ctx.stroke(new Path2D(`M${left} ${top}V${bottom}${caps}`))
  })
})

/** Over each bar of a group the marker of its series, for hues alone do not tell bars apart. */
const markers = painter('markers', 1, (chart) => {
  const y = chart.scales.y
  if (!y || (chart.config as ChartConfiguration).type !== 'bar') return
  forEachPoint(chart, ({ y: value, high = 0 }, left, { marker, borderColor }) => {
    if (!marker) return
    const { pointStyle, rotation, lineWidth, ...colors } = pointOf(marker, borderColor)
    Object.assign(chart.ctx, colors)
    const top = y.getPixelForValue(Math.max(value, high))
    drawPoint(chart.ctx, { pointStyle, rotation, borderWidth: lineWidth, radius: 4 }, left, top - 9)
  })
})

/** Where lines cross, as the conclusion numbers it. */
function rings({ marks = [] }: ChartSpec, speech: Speech): Plugin {
  return painter('rings', 1.4, ({ ctx, scales }) => {
    for (const { x, y, text } of marks) {
      const [left, top] = [scales.x?.getPixelForValue(x) ?? 0, scales.y?.getPixelForValue(y) ?? 0]
      ctx.beginPath()
      ctx.arc(left, top, 7, 0, 2 * Math.PI)
      ctx.stroke()
      ctx.fillText(speech.word(text), left + 7, top - 7)
    }
  })
}

/** The reader's budget, across every axis that shows a delay. */
function budgetLine(spec: ChartSpec, budgetMs: number | undefined): Plugin {
  return painter('budget', 2, ({ ctx, chartArea: { left, right, top, bottom }, scales }) => {
    const name = spec.x.budget ? 'x' : spec.y.budget ? 'y' : undefined
    const axis = name && scales[name]
    if (!axis || budgetMs === undefined) return
    const at = axis.getPixelForValue(budgetMs)
    if (name === 'x' ? at < left || at > right : at < top || at > bottom) return
    ctx.setLineDash([2, 4])
    ctx.stroke(new Path2D(name === 'x' ? `M${at} ${top}V${bottom}` : `M${left} ${at}H${right}`))
    const [textLeft, textTop] = name === 'x' ? [at + 4, top + 12] : [left + 4, at - 4]
    ctx.fillText(`${numberText(budgetMs)} ms`, textLeft, textTop)
  })
}
