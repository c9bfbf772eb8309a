"""What came of results: whether grade and index told it, and what that teaches the criteria.

Pure functions on arrays: an index, a grade or a chance of each result, and what came of it. Only
what was funded is seen; each function says what it can know of that. Reading rounds and follow-ups
is elsewhere.
"""
