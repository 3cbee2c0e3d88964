import { useSignal } from '@preact/signals'
import { say } from '../../../report/words/say.ts'
import { language, t } from './language.ts'
import { LeavingButton } from './stage/leaving-button.tsx'
import type { ShownStage } from './use-stage.ts'

/** What the page that plays the lanes has to say of itself: why numbers of some time are not to be trusted. */
export function PlayerNotices({ stage }: { stage: ShownStage }) {
  const read = useSignal<number | undefined>(undefined)
  const last = stage.background.value.at(-1)
  const dropped = stage.player?.dropped.value ?? 0
  return (
    <>
      {last && last.toMs !== read.value && (
        <div class="notice row spread" role="status">
          <span>
            {t(
              say`This page was in the background from ${clockTime(last.fromMs)} to ${clockTime(last.toMs)}: browsers slow its timers, and delays of that time say nothing.`,
            )}
          </span>
          <LeavingButton
            onClick={() => {
              read.value = last.toMs
            }}
          >
            {t(say`Understood`)}
          </LeavingButton>
        </div>
      )}
      {dropped > 0 && (
        <p class="notice" role="status">
          {t(
            say`The demo was away for so long that some of what the lanes saw is gone: begin the stage anew before you read counters.`,
          )}
        </p>
      )}
    </>
  )
}

function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString(language.value === 'zh' ? 'zh-CN' : 'en-GB')
}
