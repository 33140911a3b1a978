"""Faust agents: the thin layer between topics and the functions that do the work."""
