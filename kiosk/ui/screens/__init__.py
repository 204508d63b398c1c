"""A function for each place of the walk: what is true there becomes a page."""
