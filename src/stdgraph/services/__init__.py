"""Deeds: graph in, result out; no service calls another."""
