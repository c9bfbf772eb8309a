"""Workbooks that come back from grantees: milestones and outcomes as reports with their cells."""
