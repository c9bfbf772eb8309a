"""Who owns a result, which step is next, and who gets what.

Everything is worked in columns, a place for each result; a `Case` of one result is made when asked.
"""
