const hoarded: Uint8Array[] = []

/** Takes memory as a driver does whose database sends without end: piece by piece. */
function hoard(): void {
  hoarded.push(new Uint8Array(64 * 1024 * 1024).fill(1))
  if (hoarded.length < 32) setTimeout(hoard, 20)
}

/** Loaded into the store's process by a test: SIGUSR2 has it fail as CRASH says. */
process.on("SIGUSR2", () => {
  if (process.env.CRASH === "throw") throw new TypeError("null is not an object")
  if (process.env.CRASH === "grow") return void hoard()
  console.error("panic(main thread): Segmentation fault while writing Ann, password secret\n".repeat(1000))
  process.exit(3)
})
