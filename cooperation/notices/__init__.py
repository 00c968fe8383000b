"""Notices 通知: what should be told to whom, an outbox in the graph, and its delivery: once, retried, never twice.

``due`` says what should be told on a day, ``outbox`` writes it down and keeps what became of it, ``channels`` sends.
"""
