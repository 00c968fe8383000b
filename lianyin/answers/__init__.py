"""Answers: what the rooms return, as plain data and tables. Pure; nothing here asks a store."""
