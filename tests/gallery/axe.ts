import type { Page } from "playwright-core"

const source = await Bun.file(Bun.resolveSync("axe-core/axe.min.js", import.meta.dir)).text()
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** The violations that axe-core finds on the page, one a line; `rules` limits it to these. */
export async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: tags }
  await page.evaluate(`window.axe ?? (() => { ${source} })()`)
  return await page.evaluate<string[]>(`axe
    .run({ runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all, none }) =>
        id + ": " + target.join(" ") + " " + [...any, ...all, ...none].map(({ message }) => message).join("; "))))`)
}
