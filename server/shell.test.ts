import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { shellCommand } from './shell.ts'

describe('a command to paste', () => {
  test.each([
    [['pushlab', 'bench', '--seed', 1], 'pushlab bench --seed 1'],
    [['--threshold', 'sse:p99<20ms', '-o', 'my run'], '--threshold "sse:p99<20ms" -o "my run"'],
    [['--variant', 'tls=true,http=2'], '--variant tls=true,http=2'],
    [['http://[::1]:8080/sse?a=1&b=2'], '"http://[::1]:8080/sse?a=1&b=2"'],
    [["it's $HOME", ''], `'it'\\''s $HOME' ''`],
  ])('of %j is %s', (words, command) => expect(shellCommand(words)).toBe(command))

  test('means to a shell what it means to us', () => {
    const words = [
      'a b',
      '<',
      '>x',
      '$(id)',
      '`id`',
      '~',
      '*',
      '!!',
      "'",
      '"',
      '\\',
      '',
      '#',
      ';',
      'é 中',
      '\n',
    ]
    const print = [process.execPath, '-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--']
    expect(
      JSON.parse(execFileSync('sh', ['-c', shellCommand([...print, ...words])], { encoding: 'utf8' })),
    ).toEqual(words)
  })
})
