import { chinese } from '../../report/words/catalogue.ts'
import { inWords, said } from '../../report/words/say.ts'
import { pushlabCommand } from '../../server/own-command.ts'
import { entryOf, registry, type TechniqueEntry } from '../../server/registry.ts'
import { experimentNames, loadExperiment } from '../bench/experiments.ts'
import { checkTechniques, listScenarios } from '../bench/library.ts'

/** `pushlab list [TECHNIQUE]`: what can be measured, or all that is known of one technique. */
export async function list(technique?: string): Promise<void> {
  if (technique !== undefined) {
    facts(technique)
    return
  }
  console.log(`Techniques (${pushlabCommand('list', 'NAME')} tells more)\n`)
  for (const { name, title, status } of registry) {
    console.log(`  ${name.padEnd(18)}${title.padEnd(26)}${status.text}`)
  }
  console.log('\nScenarios\n')
  for (const { name, suite, question } of listScenarios()) {
    console.log(`  ${name.padEnd(22)}${suite.padEnd(8)}${question}`)
  }
  console.log(`\nExperiments (${pushlabCommand('bench', '-e', 'NAME')})\n`)
  for (const { rows, question } of await Promise.all(experimentNames().map(loadExperiment))) {
    console.log(`  ${rows.experiment.padEnd(26)}${question}`)
  }
  console.log(`\nClaims on trial: ${pushlabCommand('claims')}`)
}

function facts(name: string): void {
  checkTechniques([name])
  const entry = entryOf(name) as TechniqueEntry
  const { title, family, carrier, direction, status, deviations = {} } = entry
  const rows = [
    ['family', family],
    ['carried by', carrier],
    [
      'direction',
      direction === 'both' ? 'both ways on one connection' : 'down; messages go up by requests beside it',
    ],
    ['begun by', entry.initiator],
    ['resumed by', entry.resumedBy],
    ['ends when', entry.endsWhen],
    ['today', `${status.text} (${status.date}, ${status.source})`],
    ['specification', entry.specification],
    ['variants', entry.variants.join(', ')],
    ...Object.entries(deviations).map(([rule, reason]) => [`not held: ${rule}`, reason]),
  ]
  const inChinese = inWords(said(title), chinese)
  console.log(`${title}${inChinese === title ? '' : ` (${inChinese})`}\n`)
  for (const [what = '', text] of rows) console.log(`  ${what.padEnd(18)}${text}`)
}
