"""Panels of experts: many scores to one value, how far the experts agree, who scores how.

Pure functions on arrays; reading score sheets is `workbook/panels/`, what a committee reads is
`runs/panel.py` and `views/panel/`.
"""
