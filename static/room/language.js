/** languageOf: which of several languages a text is shown in. */

/** The one of these languages that the reader chose, that the page is in, or that the browser asks for first; "" is as it was written. */
export function languageOf(room, known) {
  if (room.ui.language !== undefined) return known.includes(room.ui.language) ? room.ui.language : "";
  for (const asked of [document.documentElement.lang, ...navigator.languages].map((one) => one.toLowerCase())) {
    if (asked.startsWith("en") && !known.includes("en")) return "";
    const found = known.find((name) => asked === name) ?? known.find((name) => asked.split("-")[0] === name.split("-")[0]);
    if (found) return found;
  }
  return "";
}
