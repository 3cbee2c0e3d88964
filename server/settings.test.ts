import { expect, test } from 'vitest'
import { serve } from './serve.ts'

test.each(['holdMs', 'heartbeatMs', 'retryMs', 'stallMs', 'greetingMs'])(
  'a server whose %s no timer can wait for is refused',
  async (name) => {
    const served = serve({ settings: { [name]: 2 ** 31 } })
    await expect(served.finally(async () => (await served).app.close())).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(`^The server's ${name} is 2147483648. Choose \\d+ at most`),
    })
  },
)
