import type { Html } from '../../html.ts'
import type { ChartSpec } from '../spec.ts'
import { barSvg } from './bar.ts'
import { lineSvg } from './line.ts'

/** A chart drawn in the markup itself, for readers without scripts and for print; its classes are those of svg.css. */
export function chartSvg(spec: ChartSpec): Html {
  return spec.kind === 'bar' ? barSvg(spec) : lineSvg(spec)
}
