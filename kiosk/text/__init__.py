"""Every word of the touch screen, in six languages; knows only the domain."""
