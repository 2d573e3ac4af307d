import { createHash } from "node:crypto"
import type { BrowserContext, Page } from "playwright-core"
import { rememberIdentity } from "../../src/web/http/cookies.ts"
import { type Identity, idOfKey } from "../../src/web/http/pages/identity.ts"
import { V1Client } from "../support/v1-client.ts"

/** The people of one scene. A name always has the same id, mark and colour. */
export class Cast {
  readonly #clients: V1Client[] = []
  readonly #visitors: { readonly id: string; readonly context: BrowserContext }[] = []

  constructor(readonly url: string) {}

  idOf(name: string): string {
    return identityOf(name).id
  }

  /** A user without a page. */
  async joins(name: string): Promise<V1Client> {
    const client = await V1Client.join(this.url, name, { key: identityOf(name).key })
    this.#clients.push(client)
    return client
  }

  /** A user at this page, who sees all of `others` once this resolves. */
  async arrives(page: Page, name: string, others: readonly string[]): Promise<void> {
    const identity = identityOf(name)
    this.#visitors.push({ id: identity.id, context: page.context() })
    const { name: cookie, value, path } = Bun.Cookie.parse(rememberIdentity(identity, false))
    const { hostname } = new URL(this.url)
    await page
      .context()
      .addCookies([{ name: cookie, value: encodeURIComponent(value), path, domain: hostname }])
    await page.goto(`${this.url}/u/${identity.id}/`)
    for (const other of others) await page.locator(`#p-${this.idOf(other)}`).waitFor({ state: "attached" })
  }

  /** Everybody leaves, so that the next scene begins with nobody online. */
  async leaves(): Promise<void> {
    for (const client of this.#clients.splice(0)) {
      client.send({ type: "leave" })
      await client.closed.promise
    }
    for (const { id, context } of this.#visitors.splice(0))
      await context.request.post(`${this.url}/u/${id}/leave`, { maxRedirects: 0 })
  }
}

function identityOf(name: string): Identity {
  const key = createHash("sha256").update(`gallery ${name}`).digest("base64url")
  return { key, id: idOfKey(key), name }
}
