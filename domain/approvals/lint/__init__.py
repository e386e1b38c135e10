"""The parts of the linter: what each looks at; domain/approvals/linter.py puts them together."""
