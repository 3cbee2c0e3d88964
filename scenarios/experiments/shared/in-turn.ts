/** The rows that each item gives, one item after the other: none may disturb another. */
export async function inTurn<Item, Row>(
  items: Iterable<Item>,
  rowsOf: (item: Item) => Promise<Row | Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const item of items) rows.push(...([await rowsOf(item)].flat() as Row[]))
  return rows
}
