import { say } from '../../../report/words/say.ts'
import { language, t } from './language.ts'
import { LeavingButton } from './stage/leaving-button.tsx'
import type { Trouble } from './trouble.ts'
import type { ShownStage } from './use-stage.ts'

const troubles: Readonly<Record<Trouble, ReturnType<typeof say>>> = {
  'no-room': say`The demo has not answered for 10 s.`,
  'server-down': say`The lanes’ server has been gone for 10 s.`,
  'no-lanes': say`A lane has not opened for 10 s.`,
}

export interface RecordingBarProps {
  stage: ShownStage
  /** Of a page that follows the wall: only there can the recording begin again. */
  isRemote?: boolean
}

/** Says without a doubt that what is seen is not live, where it is not; offers that where live does not work. */
export function RecordingBar({ stage, isRemote = false }: RecordingBarProps) {
  const recorded = stage.recorded.value
  const trouble = stage.trouble.value
  if (recorded) {
    const { recording, elapsedS, totalS, isOver } = recorded
    const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB'
    const date = new Date(recording.recordedAt).toLocaleDateString(locale, { dateStyle: 'long' })
    return (
      <div class="recording row spread">
        <p role="status">
          <strong>{t(say`Recording of ${date}, not live`)}</strong>{' '}
          {isOver && t(say`It is over, after ${totalS} s.`)}
        </p>
        <label class="row">
          <progress value={elapsedS.value} max={totalS} />
          <span>{t(say`${elapsedS.value} of ${totalS} s`)}</span>
        </label>
        <div class="row">
          {!isRemote && (
            <button type="button" onClick={() => stage.playRecording()}>
              {t(isOver ? say`Play it again` : say`From the beginning`)}
            </button>
          )}
          <LeavingButton onClick={() => stage.backToLive()}>{t(say`Back to live`)}</LeavingButton>
        </div>
      </div>
    )
  }
  if (trouble === undefined) return null
  return (
    <div class="notice row spread" role="status">
      <span>{t(troubles[trouble])}</span>
      {stage.hasRecording.value && (
        <LeavingButton onClick={() => stage.playRecording()}>{t(say`Play the recording`)}</LeavingButton>
      )}
    </div>
  )
}
