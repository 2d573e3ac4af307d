/** Where a switch has named every case: the type checker holds that nothing comes here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${typeof value}`)
}
