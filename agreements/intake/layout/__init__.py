"""From words with a place on paper to text that reads on.

In the order in which a page passes through: glyphs (words off the page), lines, furniture (what repeats
on every page), columns (reading order), paragraphs, headings, composition (the text itself).
"""
