/** Bytes of a list of people in JSON: two hundred of the longest names that there are fit. */
export const largestList = 120_000
