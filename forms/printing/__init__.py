"""Pages and rolls: from a story to the bytes of a PDF, or to the dots of a receipt printer."""
