/** `bun dev` loads this before the server: it brings changes to the running server and the open pages. */
import { LivePages, type PageChange } from "./live-pages.ts"
import { LiveViews } from "./live-views.ts"

export const views = await LiveViews.read()
Bun.plugin(views.plugin(`(await import(${JSON.stringify(import.meta.path)})).views`))

const pages = new LivePages()
const { serve } = Bun
Object.assign(Bun, { serve: (options: Parameters<typeof pages.before>[0]) => serve(pages.before(options)) })

process.on("message", async (change: PageChange) => {
  try {
    if (change === "page") await views.reread()
    pages.tell(change)
  } catch (error) {
    console.error(error)
  }
})
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"))
