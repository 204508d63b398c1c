"""Files in, files out: from instances to a checked medium."""
