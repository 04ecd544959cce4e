import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Makes, in a folder, `ca.pem`, and signed by it `server.pem`, `other.pem` (for another name), `expired.pem` and
 * `client.pem`; and `self.pem`, which nobody signed. The key of each is in NAME.key.
 */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  }
  const subject = (name: string, host: string): string[] => [
    ...['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-subj', `/CN=${name}`],
    ...(host === '' ? [] : ['-addext', `subjectAltName=${host}`]),
  ]
  openssl(...subject('ca', ''), '-x509', '-out', 'ca.pem')
  openssl(...subject('self', 'DNS:localhost'), '-x509', '-out', 'self.pem')
  writeFileSync(join(folder, 'ca.conf'), configuration)
  for (const [name, host, end] of [
    ['server', 'DNS:localhost,IP:127.0.0.1', '20491231000000Z'],
    ['other', 'DNS:example.org', '20491231000000Z'],
    ['expired', 'DNS:localhost', '20200102000000Z'],
    ['client', 'DNS:client', '20491231000000Z'],
  ] as const) {
    writeFileSync(join(folder, 'index'), '')
    openssl(...subject(name, host), '-out', `${name}.csr`)
    const validity = ['-startdate', '20200101000000Z', '-enddate', end]
    openssl('ca', '-batch', '-config', 'ca.conf', ...validity, '-in', `${name}.csr`, '-out', `${name}.pem`)
  }
}

const configuration = `[ca]
default_ca = authority
[authority]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
certificate = ca.pem
private_key = ca.key
policy = any
copy_extensions = copy
[any]
commonName = supplied
`
