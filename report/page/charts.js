// Draws the charts of the report from their data. Runs in the page, after Chart.js.
{
  // Charts stand on a white plate in dark mode too: the hues that tell the techniques apart are made for white.
  const style = getComputedStyle(document.querySelector('.canvas') ?? document.documentElement)
  const color = (name) => style.getPropertyValue(name).trim()
  const specs = JSON.parse(document.getElementById('chart-specs').textContent)

  /** Whiskers from the smallest to the largest trial. */
  const whiskers = {
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const {
        ctx,
        data,
        scales: { y },
      } = chart
      ctx.save()
      ctx.strokeStyle = color('--ink')
      ctx.lineWidth = 1.2
      for (const [i, { data: points }] of data.datasets.entries()) {
        if (!chart.isDatasetVisible(i)) continue
        for (const [k, { x }] of chart.getDatasetMeta(i).data.entries()) {
          const { low, high } = points[k]
          if (low === undefined || high === low) continue
          const [top, bottom] = [y.getPixelForValue(high), y.getPixelForValue(low)]
          ctx.beginPath()
          ctx.moveTo(x, top)
          ctx.lineTo(x, bottom)
          for (const end of [top, bottom]) {
            ctx.moveTo(x - 4, end)
            ctx.lineTo(x + 4, end)
          }
          ctx.stroke()
        }
      }
      ctx.restore()
    },
  }

  /** How Chart.js is told of a marker, see palette.ts. */
  const pointOf = ({ shape, rotation = 0, hollow }, hue) => ({
    pointStyle: shape === 'none' ? 'line' : shape,
    rotation,
    fillStyle: hollow ? '#fff' : hue,
    strokeStyle: hue,
    lineWidth: hollow || shape === 'star' || shape.startsWith('cross') ? 2 : 1,
  })

  /** Over each bar of a group the marker of its series, for hues alone do not tell bars apart. */
  const markers = {
    id: 'markers',
    afterDatasetsDraw(chart) {
      const {
        ctx,
        data,
        scales: { y },
      } = chart
      if (chart.config.type !== 'bar') return
      ctx.save()
      for (const [i, { marker, data: points, borderColor }] of data.datasets.entries()) {
        if (!marker || !chart.isDatasetVisible(i)) continue
        const point = pointOf(marker, borderColor)
        Object.assign(ctx, point)
        for (const [k, { x }] of chart.getDatasetMeta(i).data.entries()) {
          const top = y.getPixelForValue(Math.max(points[k].y, points[k].high ?? 0))
          const { pointStyle, rotation, lineWidth } = point
          Chart.helpers.drawPoint(
            ctx,
            { pointStyle, rotation, borderWidth: lineWidth, radius: 4 },
            x,
            top - 9,
          )
        }
      }
      ctx.restore()
    },
  }

  const legendLabels = (chart) =>
    Chart.defaults.plugins.legend.labels.generateLabels(chart).map((label) => {
      const { marker, borderColor } = chart.data.datasets[label.datasetIndex]
      return marker ? { ...label, ...pointOf(marker, borderColor) } : label
    })

  /** Words on lines of some characters. */
  const wrapped = (text) => {
    const lines = ['']
    for (const word of text.split(' ')) {
      const last = lines.at(-1)
      if (last === '' || last.length + word.length < 16) lines.splice(-1, 1, `${last} ${word}`.trim())
      else lines.push(word)
    }
    return lines
  }

  const number = (value) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 })

  /** A logarithmic axis labels powers of ten, and 2 and 5 times them where it spans less than two; not every value. */
  const tickText = (axis) => (value, _, ticks) => {
    if (!axis.log) return number(value)
    const leading = Number(value.toExponential().split('e')[0])
    const wide = ticks.at(-1).value / ticks[0].value >= 100
    return leading === 1 || (!wide && (leading === 2 || leading === 5)) ? number(value) : ''
  }

  const scale = (axis) => {
    const options = {
      type: axis.categories ? 'category' : axis.log ? 'logarithmic' : 'linear',
      title: { display: axis.title !== '', text: axis.title, color: color('--quiet') },
      ticks: { color: color('--quiet') },
      grid: { color: color('--line') },
      border: { color: color('--quiet') },
    }
    if (axis.categories) {
      options.labels = axis.categories
      options.ticks = {
        ...options.ticks,
        autoSkip: false,
        // Many names stand at an angle, where lines would run into each other.
        callback: (place) =>
          axis.categories.length > 6 ? axis.categories[place] : wrapped(axis.categories[place]),
        maxRotation: 70,
      }
    } else if (!axis.log) options.beginAtZero = true
    if (axis.ticks) {
      options.min = axis.ticks[0].value
      options.max = axis.ticks.at(-1).value
      options.afterBuildTicks = (built) => {
        built.ticks = axis.ticks.map(({ value }) => ({ value }))
      }
      options.ticks = {
        ...options.ticks,
        autoSkip: false,
        maxRotation: 0,
        callback: (value) => {
          const { text, minor } = axis.ticks.find((tick) => tick.value === value)
          return minor ? '' : text
        },
      }
    } else if (!axis.categories) {
      options.ticks = { ...options.ticks, callback: tickText(axis) }
    }
    return options
  }

  const pointOptions = (marker, hue) => {
    const { pointStyle, rotation, fillStyle, lineWidth } = pointOf(marker, hue)
    return {
      pointStyle,
      pointRotation: rotation,
      pointBackgroundColor: fillStyle,
      pointBorderWidth: lineWidth,
      pointRadius: marker.shape === 'none' ? 0 : 5,
    }
  }

  const dataset =
    ({ kind, x }) =>
    ({ name, color: hue, marker, dash, points }) => ({
      label: name,
      data: points.map((point) => ({ ...point, x: x.categories ? x.categories[point.x] : point.x })),
      borderColor: hue,
      backgroundColor: hue,
      marker,
      ...(kind === 'line' && { borderWidth: 2, borderDash: dash, tension: 0, ...pointOptions(marker, hue) }),
    })

  Chart.defaults.animation = false
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
  for (const spec of specs) {
    new Chart(document.getElementById(spec.id), {
      type: spec.kind,
      data: { datasets: spec.series.map(dataset(spec)) },
      options: {
        maintainAspectRatio: false,
        scales: {
          x: { ...scale(spec.x), stacked: spec.stacked },
          y: {
            ...scale({ ...spec.y, title: '' }),
            stacked: spec.stacked,
            grace: spec.kind === 'bar' && spec.series.some(({ marker }) => marker) ? '12%' : '5%',
            // Whiskers are no data to Chart.js: without this it would cut them off.
            suggestedMax: Math.max(
              ...spec.series.flatMap(({ points }) =>
                points.map(({ high, y }) => high ?? (spec.stacked ? 0 : y)),
              ),
            ),
          },
        },
        interaction: { mode: 'nearest', intersect: false },
        plugins: {
          legend: {
            display: spec.series.length > 1,
            labels: {
              color: color('--ink'),
              boxHeight: 9,
              usePointStyle: spec.series.some(({ marker }) => marker),
              generateLabels: legendLabels,
            },
          },
          tooltip: { callbacks: { label: ({ dataset: { label }, raw }) => `${label}: ${raw.text}` } },
        },
      },
      plugins: [whiskers, markers],
    })
  }
}
