"""Turtle as a person wrote it: every triple with its place, every comment with what it belongs to, every fault."""
