import type { Page } from "playwright-core"

const source = await Bun.file(Bun.resolveSync("axe-core/axe.min.js", import.meta.dir)).text()
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** What axe-core has against the page as it stands, a line each; `rules` narrows it to these. */
export async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: tags }
  await page.evaluate(`window.axe ?? (() => { ${source} })()`)
  return await page.evaluate<string[]>(`axe
    .run({ runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all, none }) =>
        id + ": " + target.join(" ") + " " + [...any, ...all, ...none].map(({ message }) => message).join("; "))))`)
}
