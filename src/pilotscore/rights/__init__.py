"""What law and agreements ask of a result: who owns it, what comes next, and by which day.

Pure functions on columns of dates and amounts; reading sheets is `workbook/rights/`, the rules are
data that `criteria/legal/` loads. Nothing here is legal advice.
"""
