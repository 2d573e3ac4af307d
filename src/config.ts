import { settings } from "./settings.ts"

type Settings = typeof settings

/** All settings, by variable; durations in milliseconds, sizes in bytes. */
export type Config = {
  readonly [Name in keyof Settings]: ReturnType<Settings[Name]["parse"]>
}

/** A setting cannot be used; the message names the variable and says what it takes. */
export class ConfigError extends Error {}

/** Reads the environment once. An empty variable counts as unset. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const read = Object.entries(settings).map(([name, setting]) => {
    const raw = env[name]?.trim() || setting.preset
    try {
      return [name, setting.parse(raw, env)]
    } catch (error) {
      const shown = name === "DATABASE_URL" ? "…" : raw
      const reason = error instanceof Error ? error.message : error
      throw new ConfigError(`${name}=${shown} cannot be used: ${reason}`)
    }
  })
  return Object.freeze(Object.fromEntries(read))
}
