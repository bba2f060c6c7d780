// A click on a column's name sorts the counties: the largest first, then the smallest.
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
  const head = event.target.closest(".county-table thead th[scope=col]");
  if (!head || !event.target.closest("button")) return;
  const largest = head.getAttribute("aria-sort") !== "descending";
  const body = head.closest("table").tBodies[0];
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", largest ? "descending" : "ascending");
  body.append(...sorted([...body.rows], head.cellIndex, largest));
};

export default function () {
  document.addEventListener("click", click);
  return () => document.removeEventListener("click", click);
}
