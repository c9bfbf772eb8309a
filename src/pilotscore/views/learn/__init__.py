"""What came of rounds, for the office that writes the criteria."""
