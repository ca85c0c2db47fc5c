// A table as one stop for the Tab key: the arrows go from cell to cell, Home and End along a row.
// Without this script every link in it is a stop of its own, and everything still works.

for (const table of document.querySelectorAll("table[data-grid]")) {
  const rows = [...table.querySelectorAll("tbody tr")].map((row) =>
    [...row.cells].map((cell) => cell.querySelector("a") ?? cell.querySelector(".level")),
  );
  const stops = rows.flat().filter(Boolean);
  for (const stop of stops) stop.tabIndex = -1;
  if (stops.length) stops[0].tabIndex = 0;

  table.addEventListener("focusin", (event) => {
    if (!stops.includes(event.target)) return;
    for (const stop of stops) stop.tabIndex = -1;
    event.target.tabIndex = 0;
  });

  table.addEventListener("keydown", (event) => {
    const y = rows.findIndex((row) => row.includes(event.target));
    if (y < 0 || event.altKey || event.metaKey) return;
    const x = rows[y].indexOf(event.target);
    const next = {
      ArrowRight: () => rows[y].slice(x + 1).find(Boolean),
      ArrowLeft: () => rows[y].slice(0, x).findLast(Boolean),
      ArrowDown: () => rows.slice(y + 1).find((row) => row[x])?.[x],
      ArrowUp: () => rows.slice(0, y).findLast((row) => row[x])?.[x],
      Home: () => (event.ctrlKey ? stops[0] : rows[y].find(Boolean)),
      End: () => (event.ctrlKey ? stops.at(-1) : rows[y].findLast(Boolean)),
    }[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
