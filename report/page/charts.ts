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
import { type Bar, barPlan, linePlan, tickText } from '../charts/plan.ts'
import type { Axis, ChartSpec, Series } from '../charts/spec.ts'
import { numberText, type Scale } from '../charts/svg/scale.ts'
import { besideEnds } from '../charts/svg/spread.ts'
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
  readonly #sight: IntersectionObserver

  constructor(specs: readonly ChartSpec[], speech: Speech, view: ChartView) {
    this.#speech = speech
    this.#view = view
    this.#specs = new Map(specs.map((spec) => [spec.id, spec]))
    Chart.defaults.animation = false
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
    this.#sight = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue
          this.#sight.unobserve(target)
          this.#draw((target as HTMLElement).dataset.chart ?? '')
        }
      },
      { rootMargin: '300px' },
    )
    for (const figure of document.querySelectorAll('[data-chart]')) this.#sight.observe(figure)
    speech.onChange(() => this.redraw())
  }

  /** Draws what was drawn before again, as language, filter and budget ask. */
  redraw(): void {
    for (const id of [...this.#drawn.keys()]) this.#draw(id)
  }

  #draw(id: string): void {
    const spec = this.#specs.get(id)
    const figure = document.querySelector<HTMLElement>(`[data-chart="${CSS.escape(id)}"]`)
    const plate = figure?.querySelector<HTMLElement>('.plate')
    if (!spec || !figure || !plate) return
    // What is folded away has no width: it is drawn when it is in sight again.
    if (plate.clientWidth === 0) {
      this.#sight.observe(figure)
      return
    }
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
    const width = canvas.parentElement?.clientWidth ?? 0
    this.#drawn.set(id, new Chart(canvas, configOf(seen(spec, this.#view), this.#speech, this.#view, width)))
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

/** What Chart.js is told of a chart: where everything stands is the plan's, as in the drawing. */
function configOf(spec: ChartSpec, speech: Speech, view: ChartView, width: number): ChartConfiguration {
  const isBar = spec.kind === 'bar'
  const { datasets, scales, height, endTogether } = isBar ? barsOf(spec, speech) : linesOf(spec, speech)
  const widest = widestOf(datasets.map(({ label }) => label))
  // Names beside the ends of their lines, where they leave these half of the room.
  const isBeside = endTogether && widest + ROOM_BESIDE < width / 2
  const { targets } = spec.x
  return {
    type: spec.kind,
    data: { datasets },
    options: {
      aspectRatio: width / height,
      ...(isBar && { indexAxis: 'y' }),
      layout: { padding: { right: isBeside ? widest + ROOM_BESIDE : isBar ? 20 : 8 } },
      scales,
      interaction: { mode: 'nearest', intersect: false, ...(isBar && { axis: 'y' }) },
      ...(targets && {
        onClick: (_: unknown, [first]: { datasetIndex: number; index: number }[]) => {
          const bar = first && (datasets[first.datasetIndex]?.data[first.index] as Bar | undefined)
          const target = targets[bar?.group ?? -1]
          if (target) view.go(target)
        },
        onHover: (event: { native: Event | null }, active: unknown[]) => {
          const canvas = event.native?.target
          if (canvas instanceof HTMLElement) canvas.classList.toggle('pointing', active.length > 0)
        },
      }),
      plugins: {
        legend: {
          display: !isBeside && datasets.length > 1,
          labels: {
            ...{ color: INK, boxHeight: 9, generateLabels: legendLabels },
            usePointStyle: datasets.some(({ marker }) => marker),
          },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset: { label }, raw }) => `${label}: ${speech.word((raw as Drawn).text)}`,
          },
        },
      },
    },
    plugins: [
      ...[fading, whiskers, ...(isBar ? [markers] : []), ...(isBeside ? [names] : [])],
      ...[rings(spec, speech), budgetLine(spec, view.budgetMs())],
    ],
  } as ChartConfiguration
}

/** From the end of the plot over the sample of a line to the end of its name, without the name. */
const ROOM_BESIDE = 44

function widestOf(texts: readonly string[]): number {
  const context = element('canvas').getContext('2d')
  if (!context) return 0
  context.font = `12px ${Chart.defaults.font.family}`
  return Math.max(0, ...texts.map((text) => context.measureText(text).width))
}

/** What is drawn of a point or a bar: its range, and its value in words. */
type Drawn = Pick<Bar, 'low' | 'high' | 'text'>

function linesOf(spec: ChartSpec, speech: Speech) {
  const { x, y, endTogether, series } = linePlan(spec)
  const datasets = series.map(({ points, dash, ...one }) => ({
    ...looks(one, speech),
    data: points,
    borderWidth: 2,
    // A point on the edge of the plot is drawn whole.
    clip: 8,
    borderDash: dash,
    ...(one.marker && pointOptions(one.marker, one.color)),
  }))
  const scales = { x: scale(spec.x, x, speech), y: scale({ ...spec.y, title: '' }, y, speech) }
  return { datasets, scales, height: 350, endTogether }
}

/** Bars go from left to right, as in the drawing. */
function barsOf(spec: ChartSpec, speech: Speech) {
  const { groups, values, series } = barPlan(spec)
  const labels = groups.map((name) => speech.word(name))
  const datasets = series.map(({ bars, ...one }) => ({
    ...looks(one, speech),
    data: bars.map((bar) => ({ ...bar, x: [bar.start, bar.end], y: labels[bar.group] })),
    grouped: !spec.stacked,
    backgroundColor: spec.stacked ? hatchedIn(one.color) : bars.map(({ hue = one.color }) => hue),
  }))
  const callback = (place: number) => wrapped(labels[place] ?? '')
  const ofGroups = { color: INK, autoSkip: false, callback }
  const scales = {
    x: scale({ ...spec.y, title: '' }, values, speech),
    y: { type: 'category', labels, ticks: ofGroups, grid: { display: false }, border: { color: QUIET } },
  }
  const bars = spec.stacked ? 1 : series.length
  const height = 90 + groups.length * (bars > 1 ? 14 * bars + 12 : 28)
  return { datasets, scales, height, endTogether: false }
}

function looks({ name, color, marker }: Pick<Series, 'name' | 'color' | 'marker'>, speech: Speech) {
  return { label: speech.word(name), borderColor: color, hue: color, marker }
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

function scale(axis: Axis, { from, to, ticks }: Scale, speech: Speech) {
  const text = tickText(axis)
  const labelled = new Set(ticks.filter((tick) => tick.labelled).map(({ value }) => value))
  const callback = (value: number) => (labelled.has(value) ? speech.word(text(value)) : '')
  return {
    type: axis.log ? 'logarithmic' : 'linear',
    min: from,
    max: to,
    title: { display: axis.title !== '', text: speech.word(axis.title), color: QUIET },
    ticks: { color: QUIET, autoSkip: false, maxRotation: 0, callback },
    grid: { color: LINE },
    border: { color: QUIET },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = ticks.map(({ value }) => ({ value }))
    },
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
type Place = { x: number; y: number }

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

/** Every point or bar of the data sets that are to be seen. */
function forEachDrawn(chart: Chart, visit: (one: Drawn, at: Place, dataset: Marked) => void): void {
  chart.data.datasets.forEach((dataset, i) => {
    if (!chart.isDatasetVisible(i)) return
    chart.getDatasetMeta(i).data.forEach((at, k) => {
      visit(dataset.data[k] as unknown as Drawn, at, dataset as Marked)
    })
  })
}

/** Whiskers from the low end of the trials to the high one; those along bars on a light line, for a bar may be dark. */
const whiskers = painter('whiskers', 1.2, (chart) => {
  const isBar = (chart.config as ChartConfiguration).type === 'bar'
  const values = isBar ? chart.scales.x : chart.scales.y
  if (!values) return
  forEachDrawn(chart, ({ low, high }, { x, y }) => {
    if (high === low) return
    const [from, to] = [values.getPixelForValue(low), values.getPixelForValue(high)]
    if (isBar) {
      Object.assign(chart.ctx, { strokeStyle: '#fff', lineWidth: 4 })
      chart.ctx.stroke(new Path2D(`M${from - 1} ${y}H${to + 1}`))
      Object.assign(chart.ctx, { strokeStyle: INK, lineWidth: 1.2 })
    }
    const caps = [from, to].map((end) => (isBar ? `M${end} ${y - 4}v8` : `M${x - 4} ${end}h8`)).join('')
    chart.ctx.stroke(new Path2D(isBar ? `M${from} ${y}H${to}${caps}` : `M${x} ${from}V${to}${caps}`))
  })
})

/** Behind each bar of a group the marker of its series, for hues alone do not tell bars apart. */
const markers = painter('markers', 1, (chart) => {
  forEachDrawn(chart, ({ high }, { x, y }, dataset) => {
    const end = chart.scales.x?.getPixelForValue(high) ?? 0
    sample(chart.ctx, dataset, { x: Math.max(x, end) + 10, y })
  })
})

function sample(ctx: CanvasRenderingContext2D, { marker, borderColor }: Marked, { x, y }: Place): void {
  if (!marker) return
  const { pointStyle, rotation, lineWidth, ...colors } = pointOf(marker, borderColor)
  Object.assign(ctx, colors)
  drawPoint(ctx, { pointStyle, rotation, borderWidth: lineWidth, radius: 4 }, x, y)
}

/** The name of each line beside its end, as near as the others let it. */
const names = painter('names', 1.2, (chart) => {
  const { ctx, chartArea } = chart
  const ends = chart.data.datasets.map((_, i) =>
    chart.getDatasetMeta(i).data.reduce((last, place) => (place.x >= last.x ? place : last)),
  )
  const rows = besideEnds(
    ends.map(({ y }) => y),
    15,
    chartArea,
  )
  for (const [i, dataset] of (chart.data.datasets as Marked[]).entries()) {
    const [end, x, y] = [ends[i] as Place, chartArea.right + 24, rows[i] as number]
    ctx.strokeStyle = dataset.borderColor
    ctx.stroke(new Path2D(`M${end.x + 7} ${end.y}L${x - 8} ${y}`))
    sample(ctx, dataset, { x, y })
    ctx.fillStyle = dataset.borderColor === dataset.hue ? INK : LINE
    ctx.fillText(dataset.label ?? '', x + 10, y + 4)
  }
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
