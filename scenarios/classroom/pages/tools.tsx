import { say } from '../../../report/words/say.ts'
import { singleKeys } from './keyboard.ts'
import { t } from './language.ts'
import { theme } from './theme.ts'

/** Light or dark; the system's own choice until somebody presses it. */
export function ThemeButton() {
  return (
    <button type="button" onClick={switchTheme}>
      {isDark() ? t(say`Light colours`) : t(say`Dark colours`)}
    </button>
  )
}

export function switchTheme(): void {
  theme.value = isDark() ? 'light' : 'dark'
}

function isDark(): boolean {
  return theme.value === 'system'
    ? matchMedia('(prefers-color-scheme: dark)').matches
    : theme.value === 'dark'
}

/** Switches single keys off for who needs that, see keyboard.ts. */
export function KeysSwitch() {
  return (
    <label class="row switch">
      <input
        type="checkbox"
        checked={singleKeys.value}
        onChange={({ currentTarget }) => {
          singleKeys.value = currentTarget.checked
        }}
      />
      <span>{t(say`Single keys`)}</span>
    </label>
  )
}
