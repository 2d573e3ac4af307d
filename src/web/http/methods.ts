/** What is known of an app's routes: Elysia's own router, so that no second list has to agree with it. */
export interface Routed {
  readonly routes: readonly { readonly method: string }[]
  readonly router: {
    readonly http: { find(method: string, path: string): unknown }
    readonly static: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
}

/** Which methods a path answers to. */
export class Methods {
  readonly #known: readonly string[]

  constructor(readonly app: Routed) {
    this.#known = [...new Set(app.routes.map(({ method }) => method))].sort()
  }

  /** As in `Allow`; nothing when there is no such path. */
  of(path: string): readonly string[] | undefined {
    const found = this.#known.filter((method) => this.#answers(method, path))
    if (found.length === 0) return undefined
    return [...found, ...(found.includes("GET") ? ["HEAD"] : []), "OPTIONS"]
  }

  /** A slash at the end matters to no route. */
  #answers(method: string, path: string): boolean {
    const { http, static: fixed } = this.app.router
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`
    if (http.find(method, path) || http.find(method, other)) return true
    return [path, other].some((each) => Object.hasOwn(fixed, each) && method in (fixed[each] ?? {}))
  }
}
