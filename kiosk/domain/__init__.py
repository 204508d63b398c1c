"""The release desk in plain Python: facts, states and rules, with no input or output."""
