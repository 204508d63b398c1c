"""The release form: what it says, the signature on it, and the record of that signature."""
