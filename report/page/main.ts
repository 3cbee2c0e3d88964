import { type PackedRun, unpackRun } from '../../results/pack.ts'
import { measuredOf } from '../analysis/measured.ts'
import { against } from './against.ts'
import { budgetForm, budgetOf } from './budget.ts'
import { Charts } from './charts.ts'
import { copyButtons, downloads } from './downloads.ts'
import { tablesLater } from './later.ts'
import { State } from './state.ts'
import { filterRows, shownTechniques, showTheme, tools } from './tools.ts'
import { inflated, type PageWords, Speech } from './words.ts'

/** Makes the page answer: everything that it says stands in its markup before. */
async function main(): Promise<void> {
  const state = new State()
  showTheme(state)
  const words = await inflated<PageWords>('words')
  // Before anything else changes the page, for places are found by their order.
  const speech = new Speech(document.body, words)
  const run = once(async () => unpackRun(await inflated<PackedRun>('data')))
  const scenarios = once(async () => {
    const measured = await run()
    return measuredOf(measured.run, measured.records)
  })

  const isShown = (technique: string) => shownTechniques(state)?.has(technique) ?? true
  const charts = new Charts(words.specs, speech, {
    isShown,
    budgetMs: () => budgetOf(state).delayMs,
    go: (id) => state.go(id),
  })
  const refilter = () => filterRows(shownTechniques(state))
  const show = () => {
    refilter()
    charts.redraw()
  }
  tools(speech, state, techniquesOf(), show)
  budgetForm(speech, state, scenarios, show)
  tablesLater(speech, scenarios, run, refilter)
  copyButtons(speech)
  downloads(speech, run)
  against(speech, run)
  if (state.get('techniques') !== '') show()
  if (state.get('lang') === 'zh' || state.get('lang') === 'en') speech.speak(state.get('lang') as 'zh' | 'en')
  state.onGo(() => goTo(state.section))
  if (state.section) goTo(state.section)
  document.documentElement.dataset.ready = 'true'
}

/** The techniques of the page's tables, in their order. */
function techniquesOf(): string[] {
  const rows = document.querySelectorAll<HTMLElement>(
    '#compare tr[data-technique], #budget-result tr[data-technique]',
  )
  return [...new Set([...rows].map(({ dataset }) => dataset.technique ?? ''))]
}

/** Opens every fold around a place, and goes there with the focus, so that the next key begins there. */
function goTo(id: string): void {
  const target = document.getElementById(id)
  if (!target) return
  for (let around = target as HTMLElement | null; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true
  }
  if (!target.hasAttribute('tabindex')) target.tabIndex = -1
  target.focus({ preventScroll: true })
  target.scrollIntoView()
}

/** Computes a value when it is first asked for, and never again. */
function once<T>(compute: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined
  return () => {
    value ??= compute()
    return value
  }
}

main()
