"""Images as people see them: pixels of an instance to grey levels, colours and their marks."""
