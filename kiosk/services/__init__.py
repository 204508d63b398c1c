"""The verbs of the release desk: identify, release, work a job through, check."""
