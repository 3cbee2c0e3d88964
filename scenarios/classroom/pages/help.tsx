import { say } from '../../../report/words/say.ts'
import type { Shortcut } from './keyboard.ts'
import { t } from './language.ts'
import { stageShortcuts } from './stage/stage-desk.ts'
import { KeysSwitch } from './tools.tsx'

/** What has more keys than one, or one that shows nothing where it is written. */
const written: Readonly<Record<string, readonly string[]>> = { l: ['l', '0–9'], ' ': ['Space'] }

/** Which keys there are. All that they do can be reached by Tab, too. */
export function Help({ keys }: { keys: readonly Shortcut[] }) {
  return (
    <>
      <KeyList keys={keys} />
      <h3>{t(say`On the stage`)}</h3>
      <KeyList keys={stageShortcuts} />
      <p>
        {t(
          say`Whoever dictates to this machine, or hits keys by accident, switches single keys off here. Tab reaches everything.`,
        )}
      </p>
      <KeysSwitch />
    </>
  )
}

function KeyList({ keys }: { keys: readonly Pick<Shortcut, 'key' | 'does'>[] }) {
  return (
    <dl class="keys">
      {keys.map(
        ({ key, does }) =>
          does && (
            <div key={key}>
              <dt>
                {(written[key] ?? [key]).map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{t(does)}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
