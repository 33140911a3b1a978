"""Measurements of Teletipo: one script each, one command, figures on the terminal."""
