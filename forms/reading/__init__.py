"""Reading a PDF back: its pages as pictures for a screen, its words for a voice."""
