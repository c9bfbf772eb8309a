"""Files of any format as sheets of plain cells, within bounds."""
