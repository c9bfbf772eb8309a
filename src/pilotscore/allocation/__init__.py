"""The mathematics of giving out money under limits; it knows no calls."""
