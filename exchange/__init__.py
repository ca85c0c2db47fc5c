"""Data that leaves the house for other tools, and a codebook that comes in."""
