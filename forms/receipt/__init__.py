"""The receipt: what it says, on a page, on a paper roll, and as a record for programs."""
