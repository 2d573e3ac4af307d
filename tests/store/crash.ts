const hoarded: Uint8Array[] = []

/** Takes memory piece by piece, like a driver whose database sends without end. */
function hoard(): void {
  hoarded.push(new Uint8Array(64 * 1024 * 1024).fill(1))
  if (hoarded.length < 32) setTimeout(hoard, 20)
}

/** A test loads this into the store's process: on SIGUSR2 it fails as CRASH says. */
process.on("SIGUSR2", () => {
  if (process.env.CRASH === "throw") throw new TypeError("null is not an object")
  if (process.env.CRASH === "grow") return void hoard()
  console.error("panic(main thread): Segmentation fault while writing Ann, password secret\n".repeat(1000))
  process.exit(3)
})
