"""The walk of one person at the glass: minutes, in memory only, forgotten at its end."""
