/** An app's routes: Elysia's own router, so that there is no second list to keep in step. */
export interface Routed {
  readonly routes: readonly { readonly method: string }[]
  readonly router: {
    readonly http: { find(method: string, path: string): unknown }
    readonly static: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
}

/** Finds the methods of a path. */
export class Methods {
  readonly #known: readonly string[]

  constructor(readonly app: Routed) {
    this.#known = [...new Set(app.routes.map(({ method }) => method))].sort()
  }

  /** The methods for `Allow`; `undefined` when there is no such path. */
  of(path: string): readonly string[] | undefined {
    const found = this.#known.filter((method) => this.#answers(method, path))
    if (found.length === 0) return undefined
    return [...found, ...(found.includes("GET") ? ["HEAD"] : []), "OPTIONS"]
  }

  /** Routes ignore a slash at the end. */
  #answers(method: string, path: string): boolean {
    const { http, static: fixed } = this.app.router
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`
    if (http.find(method, path) || http.find(method, other)) return true
    return [path, other].some((each) => Object.hasOwn(fixed, each) && method in (fixed[each] ?? {}))
  }
}
