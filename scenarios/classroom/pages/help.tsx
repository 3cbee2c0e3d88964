import { type Said, say } from '../../../report/words/say.ts'
import { t } from './language.ts'
import { stageShortcuts } from './stage/stage-desk.ts'
import { KeysSwitch } from './tools.tsx'

type Row = readonly [keys: readonly string[], does: Said]

const keys: readonly Row[] = [
  [['n'], say`next phase`],
  [['p'], say`previous phase`],
  [['l', '0–9'], say`lessons; a number, then Enter, goes to that lesson, 0 to the sandbox`],
  [['x'], say`X-ray: the bytes of the last message`],
  [['v'], say`play the lesson’s recording, or go back to the live stage`],
  [['g'], say`English or Chinese`],
  [['d'], say`light or dark colours`],
  [['f'], say`full screen`],
  [['?'], say`this list`],
]

/** Which keys there are. All that they do can be reached by Tab, too. */
export function Help() {
  return (
    <>
      <KeyList keys={keys} />
      <h3>{t(say`On the stage`)}</h3>
      <KeyList keys={stageShortcuts.map(({ key, does }) => [[key === ' ' ? 'Space' : key], does])} />
      <p>
        {t(
          say`Whoever dictates to this machine, or hits keys by accident, switches single keys off here. Tab reaches everything.`,
        )}
      </p>
      <KeysSwitch />
    </>
  )
}

function KeyList({ keys }: { keys: readonly Row[] }) {
  return (
    <dl class="keys">
      {keys.map(([names, does]) => (
        <div key={names[0]}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  )
}
