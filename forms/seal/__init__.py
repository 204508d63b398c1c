"""The seal: its key, what is sealed with it, the time stamp on it, and the checks of all three."""
