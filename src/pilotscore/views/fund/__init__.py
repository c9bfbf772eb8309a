"""A call decided: who gets what and why, both rules, the line, where the money goes."""
