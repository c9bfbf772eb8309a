"""Every measure of batch data, declared beside how it is worked out and what it says.

A file here has ``MEASURES``, a tuple of :class:`~pilotscore.criteria.measuring.Measure`; to add a
measure is to add it to such a tuple, or a file with one. Criteria files, the scoring and the
reports find it by itself.
"""
