"""Documents as functions of facts: release form, receipt, slip, and the seal on them."""
