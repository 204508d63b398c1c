"""Sheets of pictures, on paper and on film: a cell for each image and what is said beside it."""
