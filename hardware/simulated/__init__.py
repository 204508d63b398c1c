"""The same devices made of folders, with faults on request."""
