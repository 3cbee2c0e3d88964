import { say } from '../../../report/words/say.ts'
import { language, t } from '../words.ts'
import type { Trouble } from './trouble.ts'
import type { ShownStage } from './use-stage.ts'

const troubles: Readonly<Record<Trouble, ReturnType<typeof say>>> = {
  'no-room': say`The demo has not answered for 10 s.`,
  'server-down': say`The lanes’ server has been gone for 10 s.`,
  'no-lanes': say`A lane has not opened for 10 s.`,
}

/** Says without a doubt that what is seen is not live, where it is not; offers that where live does not work. */
export function RecordingBar({ stage }: { stage: ShownStage }) {
  const recorded = stage.recorded.value
  const trouble = stage.trouble.value
  if (recorded) {
    const date = new Date(recorded.recording.recordedAt).toLocaleDateString(
      language.value === 'zh' ? 'zh-CN' : 'en-GB',
      {
        dateStyle: 'long',
      },
    )
    return (
      <div class="recording row spread" role="status">
        <strong>
          {t(say`Recording of ${date}, not live`)}
          {recorded.isOver && ` ${t(say`(at its end)`)}`}
        </strong>
        <div class="row">
          <button type="button" onClick={() => stage.playRecording()}>
            {t(say`From the beginning`)}
          </button>
          <button type="button" onClick={() => stage.backToLive()}>
            {t(say`Back to live`)}
          </button>
        </div>
      </div>
    )
  }
  if (trouble === undefined) return null
  return (
    <div class="notice row spread" role="status">
      <span>{t(troubles[trouble])}</span>
      {stage.hasRecording.value && (
        <button type="button" onClick={() => stage.playRecording()}>
          {t(say`Play the recording`)}
        </button>
      )}
    </div>
  )
}
