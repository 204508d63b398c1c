"""What stands behind the screen: each ask of a session is done here and answered by an event."""
