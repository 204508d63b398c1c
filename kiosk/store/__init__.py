"""Jobs, codes, documents and the audit chain in a database."""
