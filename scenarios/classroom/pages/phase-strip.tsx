import { type Said, say } from '../../../report/words/say.ts'
import { type Phase, phases } from '../room/protocol.ts'
import { t } from './language.ts'

/** What phases are called, by the verb of what everybody does in them. */
export const phaseNames: Readonly<Record<Phase, Said>> = {
  predict: say`Predict`,
  discuss: say`Discuss`,
  observe: say`Observe`,
  explain: say`Explain`,
  transfer: say`Transfer`,
}

/** Where the class is, of five phases. */
export function PhaseStrip({ phase }: { phase: Phase }) {
  const at = phases.indexOf(phase)
  return (
    <ol class="phases row" aria-label={t(say`Phases of the lesson`)}>
      {phases.map((name, i) => (
        <li key={name} class={i < at ? 'past' : ''} aria-current={i === at ? 'step' : undefined}>
          {i + 1} {t(phaseNames[name])}
        </li>
      ))}
    </ol>
  )
}
