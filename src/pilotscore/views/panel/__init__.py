"""What a panel says, for a committee: the order, how far experts agree, what to look at."""
