import { expect, test } from 'vitest'
import { keysIn } from './keys.ts'

/** The keys in a source in which `#{` stands for what begins a value. */
const keys = (source: string) => keysIn(source.replaceAll('#{', '${'))

test('texts with values have a number in the place of each', () => {
  expect(keys('const a = say`#{count} of #{all} trials.`')).toEqual(['{0} of {1} trials.'])
  expect(keys('say`None.`')).toEqual(['None.'])
})

test('a text in a value of another is a text of its own', () => {
  const source = 'say`a #{one ? say`b #{`#{x}}`} c` : say`d #{{ e: { f } }} g`} h #{list([say`i`])}` + say`j`'
  expect(keys(source)).toEqual(['a {0} h {1}', 'b {0} c', 'd {0} g', 'i', 'j'])
})

test('texts go over lines, and have escapes', () => {
  expect(keys('say`one\n  two \\`x\\` \\#{y} #{z}`')).toEqual([`one\n  two \`x\` \${y} {0}`])
  expect(
    keys(String.raw`said('it\'s \u00b5 \x41 \u{1f600} \\ \
end')`),
  ).toEqual(["it's µ A 😀 \\ end"])
})

test('whole texts are string constants, or sums of them', () => {
  expect(keys(`f(said('a'), said("b's"), said(\`c\`))`)).toEqual(['a', "b's", 'c'])
  expect(keys(`said(\n  'a, ' +\n    // why\n    "b" + 'c',\n)`)).toEqual(['a, bc'])
  expect(keys("said(text), said('a' + b), said(`c #{d}`), said(x['y'])")).toEqual([])
  expect(keys("said(say`a #{'b'}`)")).toEqual(['a {0}'])
})

test('other words, strings, comments and regular expressions hold no texts', () => {
  expect(keys("essay`a`; said_('b'); html`c`; x.said('d'); essaid('e')")).toEqual([])
  expect(keys("'say`a`'; \"said('b')\"; // said('c')\n/* say`d` */ `said('e')`")).toEqual([])
  expect(keys("/[/'`]/.test(a) && say`b`; c = d / e; f(/`/g); g = 1 / 2 / h; say`i`")).toEqual(['b', 'i'])
  expect(keys("html`<b title='it`; said('a')")).toEqual(['a'])
})

test('a text is listed once', () => {
  expect(keys("say`a`; said('a'); say`#{b}`; say`#{c}`")).toEqual(['a', '{0}'])
})
