import { generate } from 'selfsigned'

/** What a TLS server shows: PEM texts. */
export interface Certificate {
  key: string
  cert: string
}

/**
 * A self-signed certificate for this machine, made anew at every start: enough to measure TLS, and nothing that a
 * browser trusts. The elliptic curve P-256, as most of the web's certificates have.
 */
export async function selfSignedCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key, cert }
}
