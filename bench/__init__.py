"""Benchmarks: `make bench`. Apart from the tests, because time depends on the machine."""
