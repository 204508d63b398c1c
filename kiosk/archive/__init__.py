"""The ways to the PACS, one module for each, and the archive made of a folder."""
