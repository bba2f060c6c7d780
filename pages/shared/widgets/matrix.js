// A click on a column's name sorts the rows, the largest first, then the smallest; a phone shows
// that column alone.
const number = (cell) => {
  const value = parseFloat(cell.textContent.replace(/,/g, ""));
  return Number.isNaN(value) ? null : value;
};

const sorted = (rows, column, largest) =>
  rows.sort((a, b) => {
    const [left, right] = [number(a.cells[column]), number(b.cells[column])];
    if (left === null || right === null) return (left === null) - (right === null);
    return largest ? right - left : left - right;
  });

const click = (event) => {
  const head = event.target.closest(".matrix thead th[scope=col]");
  if (!head || !event.target.closest("button")) return;
  const largest = head.getAttribute("aria-sort") !== "descending";
  const table = head.closest("table");
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", largest ? "descending" : "ascending");
  table.tBodies[0].append(...sorted([...table.tBodies[0].rows], head.cellIndex, largest));
  table.dataset.sorted = "";
  for (const row of table.rows)
    for (const cell of row.cells) cell.classList.toggle("chosen", cell.cellIndex === head.cellIndex);
};

export default function () {
  document.addEventListener("click", click);
  return () => document.removeEventListener("click", click);
}
