/** How the store speaks; who listens is decided at the composition root. Fields hold no names and no secrets. */
export type StoreLog = (
  level: "debug" | "info" | "warn" | "error",
  message: string,
  fields?: Readonly<Record<string, string | number>>,
) => void
