import { type Budget, type Judged, judgeBudget } from '../analysis/budget.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { mainScenario } from '../analysis/needs.ts'
import { readNumber } from '../read-number.ts'
import { answerOf } from '../sections/answer.ts'
import { budgetTable } from '../sections/budget-table.ts'
import { clauses, said, say, type Text } from '../words/say.ts'
import { byId, element } from './element.ts'
import type { Speech } from './speech.ts'
import type { State } from './state.ts'

const NUMBERS = [
  { name: 'delay', text: '99 % of events within, ms' },
  { name: 'rate', text: 'Events per second' },
  { name: 'subscribers', text: 'Subscribers at once' },
] as const
const CHOICES = [
  { name: 'two-way', text: 'Both directions on one connection' },
  { name: 'plain-http', text: 'Plain HTTP only' },
] as const
const EMPTY = said('Empty fields: no limit on the delay, and the load of the comparison below.')
/** A reader who types is told what came of it after a rest of this length, and not at each key. */
const REST_MS = 500

/** The reader's budget as the address has it; what is no number above 0 is no limit. */
export function budgetOf(state: State): Budget {
  const [delayMs, ratePerSecond, subscribers] = NUMBERS.map(({ name }) => numberOf(state.get(name)))
  return {
    ...(typeof delayMs === 'number' && { delayMs }),
    ...(typeof ratePerSecond === 'number' && { ratePerSecond }),
    ...(typeof subscribers === 'number' && { subscribers }),
    twoWay: state.get('two-way') === '1',
    plainHttp: state.get('plain-http') === '1',
  }
}

/** What is wrong where it is no number. */
function numberOf(text: string): number | Text | undefined {
  if (text.trim() === '') return undefined
  const value = readNumber(text)
  if (typeof value === 'object') {
    return say`This may be ${value[0]} or ${value[1]}, and no limit is taken from it: write it without the comma.`
  }
  return value !== undefined && value > 0
    ? value
    : said('This is no number above 0: no limit is taken from it.')
}

function isSet({ twoWay, plainHttp, ...limits }: Budget): boolean {
  return twoWay === true || plainHttp === true || Object.values(limits).some((limit) => limit !== undefined)
}

/**
 * The form of the decision section: what fails the reader's budget is greyed out, with the reason.
 * @returns shows again what the address says.
 */
export function budgetForm(
  speech: Speech,
  state: State,
  measured: () => Promise<readonly MeasuredScenario[]>,
  isShown: (technique: string) => boolean,
  onChange: () => void,
): () => void {
  const form = byId('budget')
  const result = byId('budget-result')
  if (!form || !result) return () => {}
  const holder = element('div')
  result.replaceWith(holder)
  holder.append(result)
  const count = element('p', { role: 'status', class: 'note' })
  form.after(count)
  let resting: ReturnType<typeof setTimeout> | undefined
  let judged: readonly Judged[] | undefined

  const [answer, cuts] = [byId('answer'), byId('pick-cuts')]
  // What cuts of connections did hangs on no budget.
  const keepCuts = () => {
    if (cuts) answer?.querySelector('.picks tbody')?.append(cuts)
  }
  speech.onChange(keepCuts)

  const judge = async () => {
    const budget = budgetOf(state)
    document.documentElement.classList.toggle('with-budget', isSet(budget))
    // The markup has what holds without a budget.
    if (!judged && !isSet(budget)) return
    const scenarios = await measured()
    judged = judgeBudget(scenarios, budget)
    const main = mainScenario(scenarios)
    // Who asks is told why, and not before.
    if (isSet(budget)) holder.closest('details')?.setAttribute('open', '')
    const asked = isSet(budget) ? { judged, budget } : undefined
    if (main && answer) speech.render(answer, answerOf(scenarios, main, undefined, asked))
    keepCuts()
    holder.className = 'judged'
    speech.render(holder, budgetTable(judged, budget))
    onChange()
  }
  const tell = () => {
    const seen = judged?.filter(({ technique }) => isShown(technique))
    count.textContent = seen && isSet(budgetOf(state)) ? speech.word(countText(seen)) : ''
  }
  const tellLater = () => {
    clearTimeout(resting)
    resting = setTimeout(tell, REST_MS)
  }
  const check = () => {
    for (const { name } of NUMBERS) {
      const value = numberOf(state.get(name))
      const isInvalid = value !== undefined && typeof value !== 'number'
      const error = byId(`${name}-error`)
      if (error) error.textContent = isInvalid ? speech.word(value) : ''
      form.querySelector(`[name="${name}"]`)?.setAttribute('aria-invalid', String(isInvalid))
    }
  }
  const draw = () => {
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.name : ''
    const fields = [
      ...NUMBERS.map(({ name, text }) => {
        // Not of the type number: that would hide from the reader what is wrong with the address.
        const kind = { type: 'text', inputmode: 'decimal', autocomplete: 'off' }
        const input = element('input', { name, ...kind, 'aria-describedby': `${name}-error` })
        input.value = state.get(name)
        const error = element('span', { id: `${name}-error`, class: 'error' })
        return element('div', {}, element('label', {}, speech.word(said(text)), ' ', input), error)
      }),
      ...CHOICES.map(({ name, text }) => {
        const input = element('input', { name, type: 'checkbox' })
        input.checked = state.get(name) === '1'
        return element('label', {}, input, ` ${speech.word(said(text))}`)
      }),
    ]
    form.replaceChildren(...fields, element('p', { class: 'note' }, speech.word(EMPTY)))
    if (focused) form.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus()
    check()
  }
  draw()
  form.hidden = false
  speech.onChange(() => {
    draw()
    tell()
  })
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', async (event) => {
    const input = event.target as HTMLInputElement
    state.set(input.name, input.type === 'checkbox' ? (input.checked ? '1' : '') : input.value)
    check()
    await judge()
    tellLater()
  })
  return async () => {
    draw()
    await judge()
    tellLater()
  }
}

/** `3 fit, 5 fail, 2 not measured` */
function countText(judged: readonly Judged[]): Text {
  const counted = [...Map.groupBy(judged, ({ fit }) => fit as string)]
  const order = Object.keys(COUNTS)
  const sorted = counted.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return say`Techniques: ${clauses(sorted.map(([fit, of]) => COUNTS[fit]?.(of.length) ?? `${of.length} ${fit}`))}.`
}

const COUNTS: Record<string, (count: number) => Text> = {
  fits: (count) => (count === 1 ? say`${count} fits` : say`${count} fit`),
  borderline: (count) => say`${count} borderline`,
  fails: (count) => (count === 1 ? say`${count} fails` : say`${count} fail`),
  'not measured': (count) => say`${count} not measured`,
}
