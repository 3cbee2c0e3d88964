import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keysIn } from '../../../../report/fixture/keys.ts'
import { stage } from '../../words/stage.ts'
import { chinese } from '../chinese.ts'

test('what the stage says has its Chinese, and nothing is translated that it does not say', () => {
  const files = globSync(['*.{ts,tsx}', '../../log/*.ts'], { cwd: import.meta.dirname }).filter(
    (file) => !/\.test\.|fixture/.test(file),
  )
  const keys = new Set(
    files.flatMap((file) => keysIn(readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))),
  )
  expect([...keys].filter((key) => chinese.of(key) === undefined)).toEqual([])
  expect(Object.keys(stage).filter((key) => !keys.has(key))).toEqual([])
})
