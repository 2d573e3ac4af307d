/** Loaded into the store's process by a test: SIGUSR2 has it fail as CRASH says. */
process.on("SIGUSR2", () => {
  if (process.env.CRASH === "throw") throw new TypeError("null is not an object")
  console.error("panic(main thread): Segmentation fault while writing Ann, password secret\n".repeat(1000))
  process.exit(3)
})
