import prototypes from "unhomoglyph/data.json" with { type: "json" }

const prototypeOf = new Map(Object.entries(prototypes))
const ignorable = /\p{Default_Ignorable_Code_Point}/gu

/** The skeleton of UTS 39: texts whose letters look alike have equal skeletons. */
export function skeleton(text: string): string {
  const letters = Array.from(text.normalize("NFD").replace(ignorable, ""))
  return letters
    .map((letter) => prototypeOf.get(letter) ?? letter)
    .join("")
    .normalize("NFD")
}
