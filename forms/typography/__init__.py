"""Letters: fonts, directions, marks, paragraphs in any script, and how all that looks."""
