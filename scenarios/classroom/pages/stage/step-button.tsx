import { type Said, say } from '../../../../report/words/say.ts'
import { t } from '../language.ts'

interface StepButtonProps {
  /** What the step asks for. */
  text: Said
  isDone: boolean
  onClick(): void
}

/** Does to the stage what a step of a lesson asks for. */
export function StepButton({ text, isDone, onClick }: StepButtonProps) {
  return (
    <button type="button" onClick={onClick}>
      {t(isDone ? say`Again` : say`Do it`)}
      <span class="unseen">: {t(text)}</span>
    </button>
  )
}
