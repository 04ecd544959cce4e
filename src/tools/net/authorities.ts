import { readFileSync } from 'node:fs'
import type { Environment } from '../../base/tool.js'

/** The certificates that this system trusts, as PEM; undefined where they are not found, and Node's own count. */
export function systemAuthorities({ SSL_CERT_FILE }: Environment): Buffer | undefined {
  for (const path of SSL_CERT_FILE === undefined ? bundles : [SSL_CERT_FILE]) {
    try {
      return readFileSync(path)
    } catch {
      // It is another system's.
    }
  }
  return undefined
}

/** Where systems keep them: Debian, Fedora, SUSE, the BSDs and macOS. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]
