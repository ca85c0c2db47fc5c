"""One report in every format: the same blocks, laid out by one file per format, which holds its house style."""
