import { registry } from '../../server/registry.ts'
import { listScenarios } from '../library.ts'

/** Prints what can be measured. */
export function list(): void {
  console.log('Techniques\n')
  for (const { name, title, specification } of registry) {
    console.log(`  ${name.padEnd(22)}${title.padEnd(22)}${specification}`)
  }
  console.log('\nScenarios\n')
  for (const { name, suite, question } of listScenarios()) {
    console.log(`  ${name.padEnd(22)}${suite.padEnd(8)}${question}`)
  }
}
