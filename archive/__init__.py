"""Everything out and in again."""
