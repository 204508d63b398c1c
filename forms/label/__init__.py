"""The label of a medium: its text, and the disc face, sleeve and stick tag that carry it."""
