"""Rows: tables, the executor, outbox, timers, audit. The only place where state is written."""
