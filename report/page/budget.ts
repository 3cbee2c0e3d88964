import { type Budget, judgeBudget } from '../analysis/budget.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { budgetTable } from '../sections/budget-table.ts'
import { said } from '../words/say.ts'
import { byId, element } from './element.ts'
import type { State } from './state.ts'
import type { Speech } from './words.ts'

const NUMBERS = [
  { name: 'delay', text: '99 % of events within, ms', min: '0' },
  { name: 'rate', text: 'Events per second', min: '0' },
  { name: 'subscribers', text: 'Subscribers at once', min: '1' },
] as const
const CHOICES = [
  { name: 'two-way', text: 'Both directions on one connection' },
  { name: 'plain-http', text: 'Plain HTTP only' },
] as const

/** The reader's budget as the address has it. */
export function budgetOf(state: State): Budget {
  const number = (name: string) => {
    const value = Number.parseFloat(state.get(name))
    return Number.isFinite(value) && value >= 0 ? value : undefined
  }
  const [delayMs, ratePerSecond, subscribers] = [number('delay'), number('rate'), number('subscribers')]
  return {
    ...(delayMs !== undefined && { delayMs }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    ...(subscribers !== undefined && { subscribers }),
    twoWay: state.get('two-way') === '1',
    plainHttp: state.get('plain-http') === '1',
  }
}

/** The form of the decision section: what fails the reader's budget is greyed out, with the reason. */
export function budgetForm(
  speech: Speech,
  state: State,
  measured: () => Promise<readonly MeasuredScenario[]>,
  onChange: () => void,
): void {
  const form = byId('budget')
  const result = byId('budget-result')
  const around = result?.parentElement
  if (!form || !result || !around) return
  const judge = async () => {
    const place = byId('budget-result')
    if (!place) return
    const judged = judgeBudget(await measured(), budgetOf(state))
    const holder = around.querySelector<HTMLElement>('.judged') ?? element('div', { class: 'judged' })
    if (!holder.isConnected) {
      place.before(holder)
      place.remove()
    }
    speech.render(holder, budgetTable(judged))
    onChange()
  }
  const draw = () => {
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.name : ''
    const fields = [
      ...NUMBERS.map(({ name, text, min }) => {
        const input = element('input', { name, type: 'number', min, step: 'any', inputmode: 'decimal' })
        input.value = state.get(name)
        return element('label', {}, speech.word(said(text)), ' ', input)
      }),
      ...CHOICES.map(({ name, text }) => {
        const input = element('input', { name, type: 'checkbox' })
        input.checked = state.get(name) === '1'
        return element('label', {}, input, ` ${speech.word(said(text))}`)
      }),
    ]
    form.replaceChildren(...fields)
    form.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus()
  }
  draw()
  form.hidden = false
  speech.onChange(draw)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', (event) => {
    const input = event.target as HTMLInputElement
    state.set(input.name, input.type === 'checkbox' ? (input.checked ? '1' : '') : input.value)
    judge()
  })
  const budget = budgetOf(state)
  if (Object.values(budget).some(Boolean)) judge()
}
