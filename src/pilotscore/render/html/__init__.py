"""Documents as pages to explore: one file that opens from disk, without a network."""
