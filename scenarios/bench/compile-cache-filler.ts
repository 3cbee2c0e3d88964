import { clientTechnique } from '../../clients/technique.ts'
import { type Failed, obeyParent } from '../../server/parent.ts'
import { registry } from '../../server/registry.ts'
import { serverTechnique } from '../../server/technique.ts'

/** The process that loads what those load that are measured; what is compiled is kept when it ends. */
export type ToFiller = { type: 'fill' }
export type FromFiller = { type: 'filled' } | Failed

obeyParent<ToFiller, FromFiller>(async () => {
  await import('../../server/control.ts')
  await import('../../server/certificate.ts')
  await import('../../server/prepared/front.ts')
  for (const { name, variants } of registry) {
    await serverTechnique(name)
    await clientTechnique(name, 'reader')
    if (variants.includes('client')) await clientTechnique(name, 'library')
  }
  // Programs that obey as well, from the next message on, of which there is none.
  await import('../../clients/agent.ts')
  await import('../../clients/network/process.ts')
  await import('../experiments/memory/deflate-server.ts')
  return { type: 'filled' }
})
