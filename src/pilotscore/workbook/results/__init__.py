"""Tables and forms of results into a submission."""
