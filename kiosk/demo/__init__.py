"""The whole appliance on one machine, with real images and an archive of its own."""
