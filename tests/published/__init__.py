"""Published cases: what the literature prints beside what the code here gives."""
