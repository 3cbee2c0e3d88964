import { type PackedRun, unpackRun } from '../../results/pack.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { against } from './against.ts'
import { baselines } from './baseline.ts'
import { budgetForm, budgetOf } from './budget.ts'
import { labelCells } from './cards.ts'
import { Charts } from './charts.ts'
import { commandButtons, copyButtons, downloads } from './downloads.ts'
import { filterRows, shownTechniques } from './filter.ts'
import { embedded } from './inflate.ts'
import { tablesLater } from './later.ts'
import { type PageWords, Speech } from './speech.ts'
import { State } from './state.ts'
import { showTheme, tools } from './tools.ts'

/** Makes the page answer: everything that it says stands in its markup before. */
async function main(): Promise<void> {
  const state = new State()
  showTheme(state)
  const words = await embedded<PageWords>('words')
  // Before anything else changes the page, for places are found by their order.
  const speech = new Speech(document.body, words)
  const run = once(async () => unpackRun(await embedded<PackedRun>('data')))
  const scenarios = once(async () => {
    const measured = await run()
    return measuredScenarios(measured.records, measured.run)
  })

  const techniques = techniquesOf()
  const isShown = (technique: string) => shownTechniques(state, techniques)?.has(technique) ?? true
  const charts = new Charts(words.specs, speech, {
    isShown,
    budgetMs: () => budgetOf(state).delayMs,
    go: (id) => state.go(id),
  })
  /** After anything has made rows anew. */
  const dress = () => {
    filterRows(isShown)
    labelCells()
    commandButtons(speech)
  }
  const show = () => {
    dress()
    charts.redraw()
  }
  speech.onChange(dress)
  const showBudget = budgetForm(speech, state, scenarios, isShown, show)
  const showBaseline = baselines(speech, state, scenarios, dress)
  const showTools = tools(speech, state, techniques, () => {
    show()
    showBudget()
  })
  tablesLater(speech, scenarios, run, dress)
  copyButtons(speech)
  downloads(speech, run)
  against(speech, run, dress)
  /** Makes the page what the address says. */
  const obey = () => {
    const language = state.get('lang')
    speech.speak(language === 'zh' || language === 'en' ? language : words.language)
    showTheme(state)
    showTools()
    showBudget()
    showBaseline()
    show()
  }
  obey()
  state.onRead(obey)
  state.onGo(() => goTo(state.section))
  if (state.section) goTo(state.section)
  document.documentElement.dataset.ready = 'true'
}

/** The techniques of the page, in their order. */
function techniquesOf(): string[] {
  const rows = document.querySelectorAll<HTMLElement>(':is(.matrix th, #budget-result tr)[data-technique]')
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
