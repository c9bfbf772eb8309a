"""Score sheets of experts, and what is known of the experts, into columns with their cells."""
