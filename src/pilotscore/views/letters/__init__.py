"""What letters and lists on paper say: a context for a Word template, in both languages."""
