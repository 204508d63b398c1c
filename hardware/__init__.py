"""Things with a plug: drives, sticks and printers."""
