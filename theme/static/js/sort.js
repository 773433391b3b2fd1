// Tables marked data-sortable: each heading becomes a button that puts the rows in its order.
// Without this script, the table stays in the order it was written in.
document.addEventListener("DOMContentLoaded", () => {
  const order = new Intl.Collator("fr", { numeric: true });
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const value = (row, column) => row.cells[column].querySelector("time")?.dateTime ?? row.cells[column].textContent;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.ariaSort === "ascending" || (!head.ariaSort && column > 0);
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        rows.sort((one, other) => order.compare(value(one, column), value(other, column)) * (down ? -1 : 1));
        table.tBodies[0].append(...rows);
      });
    });
  }
});
