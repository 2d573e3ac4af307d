/** Certificates for a test's server, signed by an authority of our own. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface Certificates {
  /** The authority's file. */
  readonly authority: string
  /** Another authority's file. */
  readonly stranger: string
  /** PEM, valid only for the host "localhost". */
  readonly certificate: string
  readonly key: string
  remove(): Promise<void>
}

export async function makeCertificates(openssl: string): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), "duet-test-certificates-"))
  const run = async (...args: string[]) => {
    const child = Bun.spawn([openssl, ...args], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] })
    const [said, status] = await Promise.all([new Response(child.stderr).text(), child.exited])
    if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${said}`)
  }
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
  for (const name of ["authority", "stranger"]) {
    const own = [
      "-x509",
      "-days",
      "2",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.pem`,
    ]
    await run("req", ...fresh, ...own)
  }
  await run("req", ...fresh, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
  await Bun.write(join(folder, "names"), "subjectAltName=DNS:localhost\n")
  const signing = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-extfile", "names"]
  await run("x509", "-req", "-days", "2", "-in", "server.csr", ...signing, "-out", "server.pem")
  return {
    authority: join(folder, "authority.pem"),
    stranger: join(folder, "stranger.pem"),
    certificate: await Bun.file(join(folder, "server.pem")).text(),
    key: await Bun.file(join(folder, "server.key")).text(),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
