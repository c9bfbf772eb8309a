"""Which expert scores which result: no conflict, groups mixed, loads kept, the worst off first."""
